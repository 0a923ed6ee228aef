import { type Notice, tellRoles } from '../../notifications/tell.ts'
import type { Context } from '../../platform/action.ts'
import { dayInWords } from '../../platform/french.ts'
import type { Loaded } from '../conventions/conventions.queries.ts'
import { other, type Party } from '../conventions/deadlines.ts'
import type { StepKind } from './disagreement-lifecycle.ts'

type News = Pick<Notice, 'kind' | 'subject' | 'text'>
interface Named {
  readonly number: number
  readonly subject: string
}
const named = (convention: string, { number, subject }: Named) =>
  `le différend n° ${number} sur la convention n° ${convention}, « ${subject} »`

export const openedNotice = (convention: string, one: Named): News => ({
  kind: 'disagreement-opened',
  subject: 'Un différend est ouvert sur une convention',
  text: `L’autre partie a ouvert ${named(convention, one)}. L’article 11 demande de chercher d’abord un accord amiable : notez chaque tentative et son issue sur la page des différends.`,
})
const stepWords: Record<StepKind, string> = {
  attempt: 'a noté une tentative amiable, le',
  settle: 'a noté un accord, le',
  fail: 'a noté que l’accord amiable a échoué, le',
  decide: 'a noté la décision du tribunal, du',
  withdraw: 'y a renoncé, le',
  reopen: 'l’a rouvert, le',
}
export const stepNotice = (
  convention: string,
  one: Named,
  step: { readonly kind: StepKind; readonly happenedOn: string; readonly court: string | null },
): News => ({
  kind: 'disagreement-step',
  subject: 'Un différend avance',
  text: [
    `L${named(convention, one).slice(1)} : l’autre partie ${stepWords[step.kind]} ${dayInWords(step.happenedOn)}.`,
    ...(step.court ? [`Le tribunal qu’elle dit compétent : ${step.court}.`] : []),
    ...(['settle', 'decide'].includes(step.kind)
      ? ['Si ce n’est pas ce dont vous êtes convenus, ou ce qui est décidé, rouvrez-le en disant pourquoi.']
      : []),
  ].join('\n\n'),
})

/** To the other party: who answers for its governance, and those who act for it (AGR-9). */
export const tellOther = (
  { convention }: Pick<Loaded, 'convention'>,
  side: Party,
  news: News,
  context: Pick<Context, 'db' | 'newId' | 'now' | 'viewer'>,
) =>
  tellRoles(
    context.db,
    {
      organisationId: convention.organisationId,
      regionId: convention.regionId,
      party: other(side),
      but: [context.viewer.accountId],
    },
    { ...news, path: `/conventions/${convention.id}/differends`, about: ['convention', convention.id] },
    context,
  )
