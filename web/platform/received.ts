import { linesHeader } from '../../contract/exports.ts'

/** What came of a file, and how many lines it will hold where the service says so. */
export interface Received {
  readonly bytes: number
  readonly lines: number | undefined
}
export type OnReceived = (received: Received) => void

const everyMs = 500

/** The body of an answer. What came is told from the first bytes, then twice a second at most. */
export const received = async (response: Response, tell: OnReceived = () => {}): Promise<Blob> => {
  if (!response.ok || !response.body) return response.blob()
  const lines = Number(response.headers.get(linesHeader)) || undefined
  const parts: Uint8Array<ArrayBuffer>[] = []
  const reader = response.body.getReader()
  let bytes = 0
  let toldAt = Number.NEGATIVE_INFINITY
  for (;;) {
    const { done, value } = await reader.read()
    if (done) break
    parts.push(value)
    bytes += value.byteLength
    if (performance.now() - toldAt < everyMs) continue
    toldAt = performance.now()
    tell({ bytes, lines })
  }
  return new Blob(parts, { type: response.headers.get('content-type') ?? '' })
}
