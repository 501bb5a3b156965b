export type ArithmeticOperator = '+' | '-' | '*' | '/' | '%';

/**
 * The functions that do what the operators do, for the names in `through` (EQL function reference, "add" and its like;
 * ES|QL has the operators alone).
 */
export const OPERATOR_NAMES: Readonly<Record<ArithmeticOperator, string>> = {
  '+': 'add',
  '-': 'subtract',
  '*': 'multiply',
  '/': 'divide',
  '%': 'modulo',
};

/**
 * What an operator makes of two numbers. Integers divide to an integer, rounded towards zero (EQL syntax reference,
 * "Math operators"; ES|QL reference, "Divide (/)"); `float` says whether one of the numbers is none.
 */
export function calculated(
  operator: ArithmeticOperator,
  left: number,
  right: number,
  float: boolean,
): number {
  switch (operator) {
    case '+':
      return left + right;
    case '-':
      return left - right;
    case '*':
      return left * right;
    case '/':
      return float ? left / right : Math.trunc(left / right);
    case '%':
      return left % right;
  }
}

/** Whether an operator binds as tightly as multiplication does. */
export function isProduct(operator: ArithmeticOperator | undefined): boolean {
  return operator === '*' || operator === '/' || operator === '%';
}
