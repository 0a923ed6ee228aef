import { useMe } from '../../platform/session.ts'
import { Page } from '../../ui/index.ts'
import { Anomalies } from './anomalies.tsx'

export default function OwnAnomaliesPage() {
  const { organisation } = useMe()
  return (
    <Page
      title="Anomalies des accès"
      breadcrumb={[{ label: 'Habilitations', href: '/habilitations' }]}
      lead="Ce qui ne va pas dans les comptes et les habilitations de votre structure, depuis quand, et l’acte qui le corrige (annexe 1 de la convention, article 1.6)."
    >
      <Anomalies organisationId={organisation.id} own />
    </Page>
  )
}
