/** Loaded before a measured process: tells its peak memory and its time of the processor when it ends. */
process.on('exit', () => {
  const { maxRSS, userCPUTime, systemCPUTime } = process.resourceUsage();
  process.stderr.write(`used: ${maxRSS} kB, ${userCPUTime + systemCPUTime} us\n`);
});
