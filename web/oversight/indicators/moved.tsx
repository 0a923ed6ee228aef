import type { getIndicators, movedKinds } from '../../../contract/oversight/indicators.ts'
import type { Reply } from '../../../contract/route.ts'
import { dayOf, formatCount, formatDay, formatList } from '../../platform/format.ts'

const kinds: Record<(typeof movedKinds)[number], readonly [string, string]> = {
  recorded: ['échange enregistré après coup', 'échanges enregistrés après coup'],
  corrected: ['échange corrigé', 'échanges corrigés'],
  cancelled: ['échange annulé', 'échanges annulés'],
}

/** A period that is over may still move: said, with what moved it, and until when for a month to be frozen. */
export const Moved = ({ moved, freezesOn }: Pick<Reply<typeof getIndicators>, 'moved' | 'freezesOn'>) => {
  const latest = moved
    ?.map(one => one.latest)
    .toSorted()
    .at(-1)
  if (!moved && !freezesOn) return null
  return (
    <p className="fr-text--sm cc-indicator__definition">
      {freezesOn
        ? `Les chiffres de ce mois peuvent encore changer jusqu’au ${formatDay(freezesOn)}, jour où ils seront arrêtés.`
        : 'Cette période est finie, mais le chiffre des établissements peut encore changer.'}{' '}
      {moved &&
        (latest
          ? `Depuis son dernier jour : ${formatList(moved.map(({ kind, count }) => formatCount(count, ...kinds[kind])))}, la dernière fois le ${formatDay(dayOf(latest))}.`
          : 'Rien ne l’a changé depuis son dernier jour.')}
    </p>
  )
}
