import { STATUS_CODES } from 'node:http'
import type { Socket } from 'node:net'
import { Refused } from './errors.ts'
import { uuidv7 } from './ids.ts'
import { problem } from './problem.ts'
import { refusalsTotal } from './telemetry.ts'

/** Of what browsers let a page do: where one is (for the next visit), full screen, passkeys. */
export const permissions = [
  'accelerometer',
  'autoplay',
  'camera',
  'display-capture',
  'encrypted-media',
  'gyroscope',
  'magnetometer',
  'microphone',
  'midi',
  'payment',
  'picture-in-picture',
  'screen-wake-lock',
  'usb',
  'xr-spatial-tracking',
]
  .map(name => `${name}=()`)
  .concat(
    ['fullscreen', 'geolocation', 'publickey-credentials-create', 'publickey-credentials-get'].map(
      name => `${name}=(self)`,
    ),
  )
  .join(', ')

/** The headers of every answer, written by hand here: no request exists, and no plugin sees it. */
const headers = (secure: boolean): Readonly<Record<string, string>> => ({
  'cache-control': 'no-store',
  'content-security-policy': "default-src 'none';frame-ancestors 'none';base-uri 'none';form-action 'none'",
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'origin-agent-cluster': '?1',
  'permissions-policy': permissions,
  'referrer-policy': 'same-origin',
  ...(secure ? { 'strict-transport-security': 'max-age=63072000; includeSubDomains' } : {}),
  'x-content-type-options': 'nosniff',
  'x-dns-prefetch-control': 'off',
  'x-download-options': 'noopen',
  'x-frame-options': 'SAMEORIGIN',
  'x-permitted-cross-domain-policies': 'none',
  'x-xss-protection': '0',
})

const refusalOf = (code: string | undefined): Refused =>
  new Refused(
    code === 'HPE_HEADER_OVERFLOW'
      ? 'request/headers-too-large'
      : code === 'ERR_HTTP_REQUEST_TIMEOUT'
        ? 'request/too-slow'
        : 'request/malformed',
  )

/**
 * Answers in the one form what Node refuses before a request exists, then hangs up.
 * Headers were too large, it was no HTTP, or it came too slowly.
 */
export const answerBeforeRequest = ({ code }: { readonly code?: string }, socket: Socket, secure: boolean): void => {
  if (code === 'ECONNRESET' || !socket.writable) {
    socket.destroy()
    return
  }
  const refused = refusalOf(code)
  refusalsTotal.inc({ code: refused.code })
  const id = uuidv7()
  const body = JSON.stringify(problem(refused, id))
  const all = {
    ...headers(secure),
    'x-request-id': id,
    'content-type': 'application/problem+json; charset=utf-8',
    'content-length': Buffer.byteLength(body),
    connection: 'close',
  }
  const lines = Object.entries(all)
    .map(([name, value]) => `${name}: ${value}\r\n`)
    .join('')
  socket.end(`HTTP/1.1 ${refused.status} ${STATUS_CODES[refused.status]}\r\n${lines}\r\n${body}`, () =>
    socket.destroy(),
  )
}
