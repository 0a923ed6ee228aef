import { useState } from 'react'
import { usePathParams } from '../../platform/navigation.ts'
import { holdsRoleSomewhere, useMe } from '../../platform/session.ts'
import { Page } from '../../ui/index.ts'
import { Anomalies } from './anomalies.tsx'

export default function StructurePage() {
  const { organisationId } = usePathParams<{ organisationId: string }>()
  const me = useMe()
  const [name, setName] = useState('')
  return (
    <Page
      title="Anomalies des accès d’une structure"
      breadcrumb={[
        { label: 'Sécurité', href: '/securite' },
        { label: 'Anomalies des accès', href: '/securite/anomalies' },
      ]}
      lead={name}
    >
      <Anomalies
        organisationId={organisationId}
        own={organisationId === me.organisation.id && me.roles.includes('rgc')}
        supplies={holdsRoleSomewhere(me, 'cssi')}
        onNamed={setName}
      />
    </Page>
  )
}
