import type { FastifyInstance } from 'fastify'
import { sql } from 'kysely'
import { anonymousBodyLimit } from '../../../contract/route.ts'
import * as contract from '../../../contract/signing-in/identity.ts'
import { refuseOtherOrigin } from '../../platform/origin.ts'
import { digest } from '../identity/session-token.ts'
import { invitationCookie, type SignInParts } from '../identity/sign-in.ts'

const minutes = 30

/**
 * Keeps an invitation in this browser while its bearer goes to ProConnect and back. Asked without a session
 * (platform/exceptions.ts).
 */
export const invitationRoute =
  ({ signIn, identity }: Pick<SignInParts, 'signIn' | 'identity'>) =>
  (server: FastifyInstance) => {
    const { publicUrl } = identity
    const secure = publicUrl.startsWith('https:')
    server.post(
      contract.followInvitation.path,
      {
        schema: { hide: true, body: contract.followInvitation.body },
        bodyLimit: anonymousBodyLimit,
        onRequest: async request => refuseOtherOrigin(request, publicUrl),
      },
      async (request, reply) => {
        const { token } = request.body as { token: string }
        const { open } = (await signIn.first(
          sql<{ open: boolean }>`select ctx.invitation_open(${digest(token)}) as open`,
        ))!
        if (open)
          reply.setCookie(invitationCookie(secure), token, {
            path: '/',
            httpOnly: true,
            secure,
            sameSite: 'lax',
            maxAge: minutes * 60,
          })
        return { open }
      },
    )
  }
