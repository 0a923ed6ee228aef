import type { PersonMail } from '../../notifications/tell.ts'
import { dayInWords } from '../../platform/french.ts'
import { siretText } from '../../platform/siret.ts'
import type { Outcome } from './outcome-rules.ts'
import type { News } from './register-moves.queries.ts'

/** A mail that nobody would read to its end. */
const mostLines = 40

/** One mail a person: what closed, what continues elsewhere, what the register corrected, among what was theirs. */
export const newsMails = (news: readonly News[], names: ReadonlyMap<number, string>): PersonMail[] =>
  [...Map.groupBy(news, item => item.accountId)].map(([accountId, own]) => {
    const lines = [...Map.groupBy(own, item => `${item.siret} ${item.successor} ${item.undone}`).values()].map(items =>
      lineOf(items, names),
    )
    const more = lines.length - mostLines
    const shown = [...lines.slice(0, mostLines), ...(more > 0 ? [`- et ${more} autres, dans votre portefeuille`] : [])]
    return {
      kind: 'register-moves',
      to: { accountId },
      path: '/portefeuille',
      why: 'vous vous occupez de ces établissements, ou vous y aviez une action à faire ou un besoin en cours',
      subject: own.every(({ fate }) => fate === 'objects')
        ? 'Des établissements dont vous vous occupez s’opposent à la prospection'
        : 'Des établissements dont vous vous occupez ont fermé ou déménagé',
      text: `Le répertoire SIRENE a changé pour des établissements dont vous vous occupez :\n\n${shown.join('\n')}\n\nVous n’avez rien à faire pour ceux qui suivent. Si un établissement travaille encore, les pilotes de la campagne peuvent le remettre parmi les cibles.`,
    }
  })

const lineOf = (items: readonly News[], names: ReadonlyMap<number, string>): string => {
  const { siret, fate, successor, closedOn, undone } = items[0]!
  const name = names.get(siret) ?? (successor === null ? undefined : names.get(successor))
  const who = name ? `${name} (SIRET ${siretText(siret)})` : `SIRET ${siretText(siret)}`
  const what = whatHappened(fate, successor, closedOn, undone)
  const needs = items.reduce((sum, item) => sum + item.needs, 0)
  const actions = items.reduce((sum, item) => sum + item.actions, 0)
  const follows = [
    ...items.flatMap(({ campaignName, outcome }) =>
      campaignName && outcome ? [`${words(outcome, undone)} « ${campaignName} »`] : [],
    ),
    ...(actions ? [`${actionsInWords(actions)} ${actionsFate(actions, successor, undone)}`] : []),
    ...(needs ? [`${needs > 1 ? `${needs} besoins` : 'un besoin'} ${needsFate(needs, successor, undone)}`] : []),
  ]
  return `- ${who}, ${what}${follows.length ? ` : ${follows.join(' ; ')}` : ''}`
}
const whatHappened = (fate: News['fate'], successor: number | null, closedOn: string | null, undone: boolean) => {
  if (fate === 'objects')
    return undone ? 'la personne ne s’oppose plus' : 'la personne s’oppose à la diffusion de ses données'
  if (undone) return 'de nouveau ouvert selon le répertoire'
  return successor === null
    ? `fermé${closedOn ? ` le ${dayInWords(closedOn)}` : ''}`
    : `continue sous le SIRET ${siretText(successor)}`
}
const words = (outcome: Outcome['outcome'], undone: boolean) => {
  if (undone) return 'rétabli dans'
  return outcome === 'stopped' || outcome === 'aside' ? 'mis de côté dans' : 'suivi dans'
}
const actionsInWords = (count: number) => (count > 1 ? `${count} actions prévues` : 'une action prévue')
const actionsFate = (count: number, successor: number | null, undone: boolean) => {
  const verb = undone ? 'rétablie' : successor === null ? 'arrêtée' : 'suivie'
  return count > 1 ? `${verb}s` : verb
}
/** A need stays open at an employer that closed: who follows it says what becomes of it. */
const needsFate = (count: number, successor: number | null, undone: boolean) => {
  if (undone) return 'en cours'
  if (successor === null)
    return count > 1 ? 'en cours, dont vous direz s’ils tiennent encore' : 'en cours, dont vous direz s’il tient encore'
  return count > 1 ? 'suivis' : 'suivi'
}
