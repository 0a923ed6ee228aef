import type { getIndicators, movedKinds } from '../../../contract/oversight/indicators.ts'
import type { Reply } from '../../../contract/route.ts'
import { dayOf, formatCount, formatDay, formatList } from '../../platform/format.ts'
import { isWholeMonth } from './period.ts'

const kinds: Record<(typeof movedKinds)[number], readonly [string, string]> = {
  recorded: ['échange enregistré après coup', 'échanges enregistrés après coup'],
  corrected: ['échange corrigé', 'échanges corrigés'],
  cancelled: ['échange annulé', 'échanges annulés'],
}

type Figures = Reply<typeof getIndicators>
const mayMove = ({ moved, freezesOn, frozenForOthers }: Figures) => {
  if (freezesOn)
    return `Les chiffres de ce mois peuvent encore changer jusqu’au ${formatDay(freezesOn)}, jour où ils seront arrêtés.`
  if (frozenForOthers)
    return 'Ces chiffres n’ont pas été arrêtés pour votre périmètre d’aujourd’hui : ils peuvent encore changer.'
  return moved && 'Cette période est finie, mais le chiffre des établissements peut encore changer.'
}
const whatMoved = (moved: Figures['moved']) => {
  if (!moved) return null
  const latest = moved
    .map(one => one.latest)
    .toSorted()
    .at(-1)
  return latest
    ? `Depuis son dernier jour : ${formatList(moved.map(({ kind, count }) => formatCount(count, ...kinds[kind])))}, la dernière fois le ${formatDay(dayOf(latest))}.`
    : 'Rien ne l’a changé depuis son dernier jour.'
}
const neverFrozen = ({ moved, from, to }: Figures, narrowed: boolean) => {
  const only = 'Seul un mois entier, sans filtre, est arrêté.'
  if (from.slice(0, 7) !== to.slice(0, 7))
    return `${only} Ce qui compte dans plusieurs mois ne compte ici qu’une fois : la période n’est pas la somme de ses mois.`
  return moved && (narrowed || !isWholeMonth(from, to)) ? only : null
}

/** A period may still move: said, with what moved it, and why it is not frozen or until when. */
export const Moved = ({ figures, narrowed }: { figures: Figures; narrowed: boolean }) => {
  const said = [mayMove(figures), whatMoved(figures.moved), neverFrozen(figures, narrowed)].filter(Boolean)
  return said.length > 0 && <p className="fr-text--sm cc-indicator__definition">{said.join(' ')}</p>
}
