import { useQuery } from '@tanstack/react-query'
import { getDocument } from '../../../contract/agreement/texts.ts'
import { call } from '../../platform/api.ts'
import { formatInstant } from '../../platform/format.ts'
import { usePathParams } from '../../platform/navigation.ts'
import { asProblem } from '../../platform/problem.ts'
import { Badge, Button, ButtonRow, Facts, Page, RefusalPage, Skeleton } from '../../ui/index.ts'
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
          ['Mon accord', item.acceptedAt ? `donné le ${formatInstant(item.acceptedAt)}` : 'aucun sur cette version'],
          [
            'Empreinte (SHA-256)',
            <code key="hash" className="cc-hash">
              {item.hash}
            </code>,
          ],
        ]}
      />
      <Markdown text={item.body} level={2} />
      {item.state === 'in-force' && item.acceptedAt === null && (
        <ButtonRow>
          <Button href="/conditions">Voir les textes à accepter</Button>
        </ButtonRow>
      )}
    </Page>
  )
}
