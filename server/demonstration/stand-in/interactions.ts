import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Provider } from 'oidc-provider'
import { essentialAcrs } from './interaction-policy.ts'
import { type Fault, loginPage } from './login-page.ts'
import type { StandInPerson } from './people.ts'
import { type Choice, formOf, readChoice, send } from './requests.ts'
import { identityClaims, type StandInSettings } from './settings.ts'

/** The page where one says who one is, and what follows. */
export const interactions = (
  provider: Provider,
  settings: StandInSettings,
  people: readonly StandInPerson[],
  pending: Map<string, Fault>,
) => {
  // Where the level asked for was not reached, the person's own provider still knows them: coming back without that
  // demand goes through at once.
  const remembered = new Map<string, Choice>()

  const interact = async (request: IncomingMessage, response: ServerResponse) => {
    const interaction = await provider.interactionDetails(request, response)
    const { uid, params, session } = interaction
    const essential = essentialAcrs(params.claims)
    const idpCookie = /(?:^|; )idp=([\w-]+)/.exec(request.headers.cookie ?? '')?.[1]
    let choice: Choice | undefined
    if (request.method === 'POST') choice = readChoice(await formOf(request), people)
    else if (idpCookie && !essential) {
      choice = remembered.get(idpCookie)
      remembered.delete(idpCookie)
    }
    if (!choice) return send(response, 200, loginPage(essential !== undefined, people))

    if (essential && choice.fault !== 'no-mfa' && !essential.includes(choice.acr)) {
      remembered.set(uid, choice)
      response.setHeader('set-cookie', `idp=${uid}; Path=/interaction; HttpOnly; SameSite=Lax; Max-Age=120`)
      return provider.interactionFinished(
        request,
        response,
        { error: 'access_denied', error_description: 'requested ACRs could not be satisfied' },
        { mergeWithLastSubmission: false },
      )
    }
    // Another person in the same browser: the first one's session makes room, as it would for a person who picks
    // another account.
    if (session && session.accountId !== choice.person) {
      await (await provider.Session.findByUid(session.uid))?.destroy()
      interaction.session = undefined
      await interaction.save(3600)
    }
    if (choice.fault !== 'none') pending.set(uid, choice.fault)
    const grant = new provider.Grant({ accountId: choice.person, clientId: settings.clientId })
    grant.addOIDCScope(String(params.scope))
    grant.addOIDCClaims(['acr', 'amr', 'auth_time', 'sid', ...identityClaims])
    // The lying provider still has to say yes here; what it did is put in the token afterwards.
    const acr = choice.fault === 'no-mfa' && essential?.[0] ? essential[0] : choice.acr
    await provider.interactionFinished(
      request,
      response,
      { login: { accountId: choice.person, acr, amr: [...choice.amr] }, consent: { grantId: await grant.save() } },
      { mergeWithLastSubmission: false },
    )
  }
  return interact
}
