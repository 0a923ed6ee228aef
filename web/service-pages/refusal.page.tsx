import { refusals } from '../../contract/refusals.ts'
import { usePathParams } from '../platform/navigation.ts'
import { Facts, NotFound, Page } from '../ui/index.ts'

/** Where the `type` of a problem leads (RFC 9457). */
export default function RefusalPage() {
  const code = usePathParams<{ _splat: string }>()._splat
  const refusal = refusals[code as keyof typeof refusals]
  if (!refusal) return <NotFound />
  return (
    <Page
      title={refusal.title}
      width="narrow"
      breadcrumb={[{ label: 'Interface de programmation', href: '/api' }]}
      lead={refusal.detail}
    >
      <Facts
        items={[
          ['Code', <code key="code">{code}</code>],
          ['Statut HTTP', String(refusal.status)],
          ['Forme', 'application/problem+json (RFC 9457)'],
        ]}
      />
    </Page>
  )
}
