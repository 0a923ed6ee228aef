import { createHmac } from 'node:crypto'

/** Where a request came from, as the trail keeps it: the same address gives the same digest, and the digest gives no address back. */
export const originDigest = (key: Buffer, address: string): string => createHmac('sha256', key).update(address).digest('hex').slice(0, 16)
