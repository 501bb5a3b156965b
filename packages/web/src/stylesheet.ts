import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';

/** The one style sheet of the pages, read once. */
export const STYLESHEET = readFileSync(new URL('../assets/style.css', import.meta.url), 'utf8');

const HASH = createHash('sha256').update(STYLESHEET).digest('base64url').slice(0, 16);

/** Its address changes with its content, so that a browser may keep it for ever. */
export const STYLESHEET_HREF = `/assets/style.${HASH}.css`;

export const STYLESHEET_ETAG = `"${HASH}"`;
