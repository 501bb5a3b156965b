export type { AppOptions } from './app.tsx';
export { createApp } from './app.tsx';
export type { Address, RunningServer } from './server.ts';
export { serve } from './server.ts';
