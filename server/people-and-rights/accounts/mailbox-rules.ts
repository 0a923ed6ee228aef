/**
 * The mailbox that an address reaches: two addresses of one mailbox are one person (ACC-4, SEC-1). Neither what follows
 * a `+` nor a dot before the `@` makes another mailbox. The SQL twin is mailbox_of.
 */
export const mailboxOf = (address: string): string => {
  const [local = '', domain = ''] = address.normalize('NFKC').toLowerCase().split('@')
  return `${local.split('+')[0]!.replaceAll('.', '')}@${domain}`
}
