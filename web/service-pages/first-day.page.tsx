import { useMe } from '../platform/session.ts'
import { Empty, Link, Page } from '../ui/index.ts'
import { firstDays } from './first-day.ts'
import { guideWords } from './guide-words.ts'
import { ownGuides } from './help-address.ts'
import './help.css'

/** The five steps of the reader's main role. */
export default function FirstDayPage() {
  const [role] = ownGuides(useMe())
  const steps = role && firstDays[role]
  return (
    <Page
      title="Votre première journée"
      {...(steps ? { lead: `Cinq étapes : ${guideWords[role].about}.` } : {})}
      breadcrumb={[{ label: 'Aide', href: '/aide' }]}
      width="narrow"
    >
      {steps ? (
        <ol className="cc-first-day">
          {steps.map(({ href, act, why }) => (
            <li key={href + act} className="fr-mb-2w">
              <Link href={href}>{act}</Link>
              <span className="fr-hint-text">{why}</span>
            </li>
          ))}
        </ol>
      ) : (
        <Empty title="Rien ne vous est encore ouvert">
          Le responsable de gestion de comptes (RGC) de votre structure donne les habilitations ; vos étapes paraîtront
          ici aussitôt.
        </Empty>
      )}
      {steps && (
        <p>
          La suite est dans <Link href={`/aide/${role}`}>votre guide</Link>.
        </p>
      )}
    </Page>
  )
}
