import type { getIndicators, movedKinds } from '../../../contract/oversight/indicators.ts'
import type { Reply } from '../../../contract/route.ts'
import { dayOf, formatCount, formatDay, formatList } from '../../platform/format.ts'

const kinds: Record<(typeof movedKinds)[number], readonly [string, string]> = {
  recorded: ['échange enregistré après coup', 'échanges enregistrés après coup'],
  corrected: ['échange corrigé', 'échanges corrigés'],
  cancelled: ['échange annulé', 'échanges annulés'],
}

/** A period that is over may still move: said, with what moved it. */
export const Moved = ({ moved }: { moved: NonNullable<Reply<typeof getIndicators>['moved']> }) => {
  const latest = moved
    .map(one => one.latest)
    .toSorted()
    .at(-1)
  return (
    <p className="fr-text--sm cc-indicator__definition">
      Cette période est finie, mais le chiffre des établissements peut encore changer.{' '}
      {latest
        ? `Depuis son dernier jour : ${formatList(moved.map(({ kind, count }) => formatCount(count, ...kinds[kind])))}, la dernière fois le ${formatDay(dayOf(latest))}.`
        : 'Rien ne l’a changé depuis son dernier jour.'}
    </p>
  )
}
