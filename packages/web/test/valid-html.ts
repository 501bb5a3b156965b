import { HtmlValidate } from 'html-validate/node';

/** What the HTML standard says, and nothing about style. */
const validator = new HtmlValidate({ root: true, extends: ['html-validate:standard'] });

/** What is wrong with a page, a line each. */
export function htmlFaults(html: string): readonly string[] {
  const report = validator.validateStringSync(html);
  return report.results.flatMap(({ messages }) =>
    messages
      .filter(({ severity }) => severity === 2)
      .map(
        ({ line, column, ruleId, message, selector }) =>
          `${line}:${column} ${ruleId}: ${message} (${selector})`,
      ),
  );
}
