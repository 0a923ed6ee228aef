import { type Hiring, noDay } from './hiring-line-rules.ts'

/** Of the format of a binary COPY: what opens it, with neither flags nor extension, and what ends it. */
export const copyStart = Buffer.from('PGCOPY\n\xff\r\n\0\0\0\0\0\0\0\0\0', 'latin1')
export const copyEnd = Buffer.from([0xff, 0xff])
const rowBytes = 44

/** Rows in the form that a binary COPY takes: nothing is written as text, and nothing parsed again. */
export class HiringRows {
  #buffer = Buffer.allocUnsafe(rowBytes * 8_192)
  #length = 0

  add({ siret, hiredOn, declaredOn, durationDays, contract }: Hiring): void {
    if (this.#length + rowBytes > this.#buffer.length)
      this.#buffer = Buffer.concat([this.#buffer], this.#buffer.length * 2)
    const buffer = this.#buffer
    let at = buffer.writeInt16BE(5, this.#length)
    at = buffer.writeInt32BE(8, at)
    at = buffer.writeUInt32BE(Math.floor(siret / 2 ** 32), at)
    at = buffer.writeUInt32BE(siret % 2 ** 32, at)
    for (const value of [hiredOn, declaredOn, durationDays]) {
      at = buffer.writeInt32BE(4, at)
      at = buffer.writeInt32BE(value, at)
    }
    at = buffer.writeInt32BE(2, at)
    this.#length = buffer.writeInt16BE(contract, at)
  }

  /** What was added since the last time, if anything was. */
  take(): Buffer | undefined {
    if (this.#length === 0) return undefined
    const rows = this.#buffer.subarray(0, this.#length)
    this.#buffer = Buffer.allocUnsafe(this.#buffer.length)
    this.#length = 0
    return rows
  }
}

export const emptyHiring = (): Hiring => ({ siret: 0, hiredOn: 0, declaredOn: noDay, contract: 0, durationDays: 0 })
