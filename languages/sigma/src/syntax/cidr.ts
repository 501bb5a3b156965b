import ipaddr from 'ipaddr.js';

/** Whether a text is an IPv4 or IPv6 network in CIDR notation, such as `10.0.0.0/8` or `fe80::/10`. */
export function isNetwork(text: string): boolean {
  return ipaddr.IPv4.isValidCIDRFourPartDecimal(text) || ipaddr.IPv6.isValidCIDR(text);
}
