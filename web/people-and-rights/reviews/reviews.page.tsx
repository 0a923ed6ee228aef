import { holdsRoleSomewhere, useMe } from '../../platform/session.ts'
import { Page } from '../../ui/index.ts'
import { Everyone } from './every-review.tsx'
import { Own } from './own-review.tsx'

/** Where reviews stand: one's own structure's for its account managers, every structure's for the operator. */
export default function ReviewsPage() {
  const me = useMe()
  const oversees = holdsRoleSomewhere(me, 'cssi', 'administrateur', 'direction-regionale')
  return (
    <Page
      title="Revue des accès"
      lead="Une fois par an au moins, chaque compte et chaque habilitation de la structure est revu et décidé (annexe 1 de la convention, article 1.6)."
      width={oversees ? 'wide' : 'narrow'}
    >
      {oversees ? <Everyone /> : <Own />}
    </Page>
  )
}
