import type { FastifyInstance } from 'fastify'

export interface SecurityTextParts {
  readonly contact: string
  readonly publicUrl: string
  readonly clock: () => Date
}

/**
 * How far ahead it says that it holds, counted from the day that asks: a service that runs never answers a lapsed one.
 */
const heldDays = 180
const dayMs = 86_400_000

/** To whom a flaw is reported (RFC 9116), one field a line. */
export const securityText = ({ contact, publicUrl, clock }: SecurityTextParts): string => {
  const expires = new Date((Math.floor(clock().getTime() / dayMs) + heldDays) * dayMs)
  return [
    `Contact: ${contact}`,
    `Expires: ${expires.toISOString().replace('.000', '')}`,
    'Preferred-Languages: fr, en',
    `Canonical: ${publicUrl}/.well-known/security.txt`,
    '',
  ].join('\n')
}

// Counted by no budget, served while load is shed: whoever found how to overload the service finds whom to tell.
const always = {
  schema: { hide: true },
  exposeHeadRoute: true,
  config: { rateLimit: false as const, pressureHandler: () => undefined },
}

export const securityTextRoute = (parts: SecurityTextParts) => (server: FastifyInstance) => {
  server.get('/.well-known/security.txt', always, async (_request, reply) =>
    reply.type('text/plain; charset=utf-8').header('cache-control', 'public, max-age=86400').send(securityText(parts)),
  )
}
