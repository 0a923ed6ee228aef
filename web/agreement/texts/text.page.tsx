import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { cancelDocument, getDocument } from '../../../contract/agreement/texts.ts'
import { call } from '../../platform/api.ts'
import { formatInstant } from '../../platform/format.ts'
import { usePathParams } from '../../platform/navigation.ts'
import { asProblem } from '../../platform/problem.ts'
import { Badge, Button, ButtonRow, Facts, Page, RefusalPage, Skeleton } from '../../ui/index.ts'
import { CancelVersion } from './cancel-version.tsx'
import { Digest } from './digest.tsx'
import { Markdown } from './markdown.tsx'
import { datesOf, nameOf, stateWords } from './words.ts'

export default function TextPage() {
  const { documentId } = usePathParams<{ documentId: string }>()
  const {
    data: item,
    isError,
    error,
    refetch,
  } = useQuery({
    queryKey: ['texts', 'documents', documentId],
    queryFn: ({ signal }) => call(getDocument, { params: { documentId }, signal }),
  })
  const [cancelling, setCancelling] = useState(false)
  if (isError) return <RefusalPage problem={asProblem(error)} retry={() => void refetch()} />
  if (!item)
    return (
      <Page title="Conditions et règles" width="narrow">
        <Skeleton lines={10} />
      </Page>
    )
  return (
    <Page
      title={`${nameOf(item)}, version ${item.version}`}
      width="narrow"
      beside={
        <Badge tone={item.state === 'in-force' ? 'success' : item.state === 'to-come' ? 'info' : 'neutral'}>
          {stateWords[item.state]}
        </Badge>
      }
      breadcrumb={[{ label: 'Conditions et règles', href: '/textes' }]}
    >
      <Facts
        items={[
          ['Titre', item.title],
          ['En vigueur', datesOf(item)],
          ...(item.cancelled ? ([['Motif de l’annulation', item.cancelled.reason]] as const) : []),
          ['Mon accord', item.acceptedAt ? `donné le ${formatInstant(item.acceptedAt)}` : 'aucun sur cette version'],
        ]}
      />
      <Markdown text={item.body} level={2} />
      <Digest hash={item.hash} />
      {item.state === 'in-force' && item.acceptedAt === null && (
        <ButtonRow>
          <Button href="/conditions">Voir les textes à accepter</Button>
        </ButtonRow>
      )}
      {item.allowed.includes('cancel') && (
        <ButtonRow>
          <Button priority="secondary" onClick={() => setCancelling(true)}>
            Annuler cette version
          </Button>
        </ButtonRow>
      )}
      {cancelling && (
        <CancelVersion
          about={documentId}
          title={`Annuler la version ${item.version}`}
          cancel={async (reason, idempotencyKey) => {
            await call(cancelDocument, { params: { documentId }, body: { reason }, idempotencyKey })
            return 'La version est annulée : elle ne sera demandée à personne.'
          }}
          onClose={() => setCancelling(false)}
        >
          <p>Elle n’a pas pris effet. Elle reste lisible ici, avec votre motif.</p>
        </CancelVersion>
      )}
    </Page>
  )
}
