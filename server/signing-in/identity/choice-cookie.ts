import type { FastifyReply, FastifyRequest } from 'fastify'

const nameOf = (secure: boolean) => (secure ? '__Host-structure' : 'structure')
const optionsOf = (secure: boolean) => ({ path: '/', httpOnly: true, secure, sameSite: 'lax' as const })

/** Of a sign-in that waits for its structure: ten minutes, in the browser that proved the first factor. */
export const setChoiceCookie = (reply: FastifyReply, token: string, secure: boolean) =>
  reply.setCookie(nameOf(secure), token, { ...optionsOf(secure), maxAge: 600 })
export const clearChoiceCookie = (reply: FastifyReply, secure: boolean) =>
  reply.clearCookie(nameOf(secure), optionsOf(secure))
export const choiceToken = (request: FastifyRequest, secure: boolean): string | undefined => {
  const token = request.cookies[nameOf(secure)]
  return token && /^[\w-]{43}$/.test(token) ? token : undefined
}
