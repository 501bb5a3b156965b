/**
 * Whether a value is a network that holds addresses: on a field of type ip Elasticsearch compares a value in CIDR
 * notation so (Elasticsearch, IP field type, "Querying ip fields"). Fields that hold a network themselves, or a
 * command line, are compared as text.
 */
export function isNetwork(field: string, value: string): boolean {
  const first = value.charCodeAt(0);
  const plausible =
    (first >= 48 && first <= 58) || (first >= 65 && first <= 70) || (first >= 97 && first <= 102);
  return plausible && NETWORK.test(value) && !TEXT_FIELD.test(field);
}

const NETWORK =
  /^(?:\d{1,3}(?:\.\d{1,3}){3}\/(?:[12]?\d|3[0-2])|(?=[\da-f:]*:)[\da-f:.]{2,45}\/(?:\d{1,2}|1[01]\d|12[0-8]))$/i;
const TEXT_FIELD = /cidr|(?:^|[._])args|command_?line$/i;
