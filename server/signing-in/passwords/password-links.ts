import type { FastifyInstance } from 'fastify'
import type { Static } from 'typebox'
import * as contract from '../../../contract/signing-in/passwords.ts'
import { recordAtTheDoor } from '../../platform/audit.ts'
import { Refused } from '../../platform/errors.ts'
import { handoverHash } from '../identity/handover-code.ts'
import { digest } from '../identity/session-token.ts'
import type { PasswordDoor } from './password-door.ts'
import { weaknessOf } from './password-rules.ts'
import { choosePassword, findLink, tryLinkCode } from './passwords.queries.ts'

/** Choosing a password by a link, which someone handed over. */
export const linkRoutes = (server: FastifyInstance, door: PasswordDoor): void => {
  const { signIn, identity, passwords, newId, body, from, remember } = door
  const linkOf = async (token: string) => {
    const link = await findLink(signIn, digest(token))
    if (!link) throw new Refused('password/link-over')
    return link
  }
  server.post(contract.passwordLink.path, body(contract.passwordLink.body), async request => {
    const { first, code } = await linkOf((request.body as { token: string }).token)
    return { first, code }
  })

  server.post(contract.choosePassword.path, body(contract.choosePassword.body), async (request, reply) => {
    const { token, code, password } = request.body as Static<typeof contract.choosePassword.body>
    const link = await linkOf(token)
    const weakness = weaknessOf(password, link.words)
    if (weakness) throw new Refused(weakness)
    const codeHash = link.code ? handoverHash(identity.keys, link.accountId, code ?? '') : null
    // Tried, and counted, before anything is computed; what was wrong stays written although the person is refused.
    const right = await signIn.transaction(async db => {
      const tried = await tryLinkCode(db, digest(token), codeHash)
      if (tried === false)
        await recordAtTheDoor(
          db,
          from(request, link.organisationId),
          { action: 'password.code-refused', subject: ['account', link.accountId], detail: { by: 'link' } },
          newId,
        )
      return tried
    })
    if (!right) throw new Refused(right === null ? 'password/link-over' : 'password/code-refused')
    const hash = await passwords.hash(password)
    await signIn.transaction(async db => {
      if (!(await choosePassword(db, digest(token), codeHash, hash))) throw new Refused('password/link-over')
      await recordAtTheDoor(
        db,
        from(request, link.organisationId),
        {
          action: 'password.chosen',
          subject: ['account', link.accountId],
          detail: { by: 'link', first: link.first },
        },
        newId,
      )
    })
    // The holder of the link is no stranger: strangers who slow the account down do not slow them.
    remember(request, reply, link.email)
    return { chosen: true }
  })
}
