import type { FastifyReply, FastifyRequest } from 'fastify'
import { sha256 } from './digest.ts'

/**
 * Over https the name itself forbids any other host or path from setting it; on loopback http, browsers would refuse
 * that name.
 */
export const cookieName = (secure: boolean) => (secure ? '__Host-session' : 'session')

/** The session token is kept nowhere on the server: only its digest is. */
export const tokenHash = (token: string): Buffer => sha256(token)

export const sessionToken = (request: FastifyRequest, secure: boolean): string | undefined => {
  const token = request.cookies[cookieName(secure)]
  return token && /^[\w-]{43}$/.test(token) ? token : undefined
}

export const setSessionCookie = (reply: FastifyReply, token: string | null, secure: boolean) => {
  const options = { path: '/', httpOnly: true, secure, sameSite: 'lax' as const }
  if (token === null) reply.clearCookie(cookieName(secure), options)
  // Without a date: it goes with the browser, and the server ends the session at twelve hours.
  else reply.setCookie(cookieName(secure), token, options)
}

/** Clear-Site-Data, once a session is over: what the browser kept of the pages goes with it. */
export const nothingStays = '"cache", "storage"'
