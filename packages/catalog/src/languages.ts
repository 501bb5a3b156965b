import type { Language } from '@rulescope/logic';
import { language as sigma } from '@rulescope/sigma';

/** The languages that rules may be written in: a new one is a package of its own and a line here. */
export const languages: readonly Language[] = [sigma];
