import { useQuery } from '@tanstack/react-query'
import { lazy, Suspense, useState } from 'react'
import { formatNumber } from '../../platform/format.ts'
import { Badge, Button, Definition, Empty, Loaded, Section } from '../../ui/index.ts'
import { type Services as Reply, recruitmentServicesQuery, servicesQuery } from './queries.ts'
import { ServiceItem } from './service-line.tsx'
import { usageWords } from './words.ts'
import './services.css'

const EnterDialog = lazy(() => import('./service-dialogs.tsx').then(m => ({ default: m.EnterDialog })))

/** On the card: what the employer used of the operator's services, the latest first. */
export const Services = ({ siret, name }: { siret: string; name: string }) => {
  const query = useQuery(servicesQuery(siret))
  const [entering, setEntering] = useState(false)
  const enter = query.data?.mayEnter ? (
    <Button size="small" priority="secondary" icon="fr-icon-add-line" onClick={() => setEntering(true)}>
      Saisir un service
    </Button>
  ) : undefined
  return (
    <Section title="Services utilisés" id="services" actions={enter}>
      <Loaded
        query={query}
        lines={2}
        empty={({ items }) => items.length === 0 && <None mayEnter={query.data?.mayEnter} />}
      >
        {reply => <Used reply={reply} acts />}
      </Loaded>
      {entering && (
        <Suspense fallback={null}>
          <EnterDialog siret={siret} name={name} onClose={() => setEntering(false)} />
        </Suspense>
      )}
    </Section>
  )
}

/** On the recruitment card: the same, to read. */
export const RecruitmentServices = ({ siret }: { siret: string }) => {
  const query = useQuery(recruitmentServicesQuery(siret))
  return (
    <Section title="Services de l’opérateur utilisés" id="services">
      <Loaded query={query} lines={2} empty={({ items }) => items.length === 0 && <None />}>
        {reply => <Used reply={reply} acts={false} />}
      </Loaded>
    </Section>
  )
}

const None = ({ mayEnter = false }: { mayEnter?: boolean | undefined }) => (
  <Empty title="Aucun service connu">
    Conseil, présélection, immersion, formation avant embauche :{' '}
    {mayEnter
      ? 'ce que vous saisissez ici sert à tout le réseau.'
      : 'ils sont apportés par les fichiers de l’opérateur ou saisis par ses conseillers.'}
  </Empty>
)

const few = 4
const Used = ({ reply: { items, total, use }, acts }: { reply: Reply; acts: boolean }) => {
  const [standing, withdrawn] = [items.filter(one => !one.withdrawnAt), items.filter(one => one.withdrawnAt)]
  const said = usageWords[use]
  const list = (some: Reply['items']) => (
    <ul className="cc-services">
      {some.map(one => (
        <ServiceItem key={one.id} service={one} acts={acts} />
      ))}
    </ul>
  )
  return (
    <>
      {said && (
        <p>
          <Badge tone={use === 'lost' ? 'warning' : 'success'}>{said.word}</Badge>{' '}
          <Definition term="Comment c’est compté">{said.why}</Definition>
        </p>
      )}
      {standing.length > 0 ? list(standing.slice(0, few)) : <p>Les services notés ont tous été retirés.</p>}
      {standing.length > few && (
        <details className="cc-operation">
          <summary>Services plus anciens ({standing.length - few})</summary>
          {list(standing.slice(few))}
        </details>
      )}
      {withdrawn.length > 0 && (
        <details className="cc-operation">
          <summary>Services retirés ({withdrawn.length})</summary>
          {list(withdrawn)}
        </details>
      )}
      {total > items.length && (
        <p className="fr-hint-text">
          Vous lisez les {items.length} derniers services sur {formatNumber(total)} ; l’historique de l’employeur les
          donne tous.
        </p>
      )}
    </>
  )
}
