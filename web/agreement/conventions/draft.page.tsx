import { useQuery } from '@tanstack/react-query'
import { listConventions } from '../../../contract/agreement/conventions.ts'
import { call } from '../../platform/api.ts'
import { usePathParams } from '../../platform/navigation.ts'
import { Empty, Loaded, Page } from '../../ui/index.ts'
import { DraftForm } from './draft-form.tsx'
import { conventionQuery } from './queries.ts'

export default function DraftPage() {
  const { conventionId } = usePathParams<{ conventionId?: string }>()
  const query = useQuery({ ...conventionQuery(conventionId ?? ''), enabled: conventionId !== undefined })
  const regions = useQuery({
    queryKey: ['conventions', 'counts'],
    queryFn: ({ signal }) => call(listConventions, { query: { limit: 1 }, signal }),
    enabled: conventionId === undefined,
  })
  return (
    <Page
      title={conventionId ? 'Modifier le projet de convention' : 'Préparer une convention'}
      width="narrow"
      breadcrumb={[{ label: 'Conventions', href: '/conventions' }]}
      lead="Rien ne part avant que vous l’envoyiez à la signature."
    >
      {conventionId ? (
        <Loaded query={query}>{convention => <DraftForm convention={convention} />}</Loaded>
      ) : (
        <Loaded query={regions}>
          {({ draftIn }) =>
            draftIn[0] === undefined ? (
              <Empty title="Réservé à la direction régionale">
                La direction régionale de l’opérateur prépare les conventions de sa région.
              </Empty>
            ) : (
              <DraftForm region={draftIn[0]} />
            )
          }
        </Loaded>
      )}
    </Page>
  )
}
