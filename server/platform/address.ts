/** The address that counts: whoever has an IPv6 line has 2^64 of them, all alike in their first half. */
export const addressGroup = (ip: string): string => {
  const bare = ip
    .toLowerCase()
    .split('%')[0]!
    .replace(/^::ffff:(?=\d+\.\d+\.\d+\.\d+$)/, '')
  if (!bare.includes(':')) return bare
  const [start = '', end] = bare.split('::') as [string, string?]
  const before = start === '' ? [] : start.split(':')
  const after = end === undefined || end === '' ? [] : end.split(':')
  const all =
    end === undefined
      ? before
      : [...before, ...Array.from({ length: Math.max(0, 8 - before.length - after.length) }, () => '0'), ...after]
  return `${all
    .slice(0, 4)
    .map(part => part.replace(/^0+(?=.)/, ''))
    .join(':')}::/64`
}
