import { useMutation, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { theStructure } from '../../../contract/names-in-french.ts'
import { download } from '../../platform/api.ts'
import { usePathParams } from '../../platform/navigation.ts'
import { Button, ButtonRow, Empty, Loaded, Page, Refused } from '../../ui/index.ts'
import { disagreementsQuery } from '../conventions/queries.ts'
import { OneDisagreement } from './disagreement.tsx'
import { OpenDialog, StepDialog } from './disagreement-dialogs.tsx'
import type { Disagreement, StepKind } from './words.ts'
import '../conventions/conventions.css'
import './disagreements.css'

export default function DisagreementsPage() {
  const { conventionId } = usePathParams<{ conventionId: string }>()
  const query = useQuery(disagreementsQuery(conventionId))
  const [asked, setAsked] = useState<'open' | { one: Disagreement; kind: StepKind } | null>(null)
  const file = useMutation({
    mutationFn: (documentId: string) => download(`/conventions/${conventionId}/documents/${documentId}`),
  })
  const close = () => setAsked(null)
  const convention = query.data?.convention
  return (
    <Page
      title="Différends"
      width="narrow"
      lead={
        convention &&
        `Entre l’opérateur et ${theStructure(convention.organisation.name)}, sur la convention n° ${convention.number} (article 11 : un accord amiable d’abord, le tribunal compétent à défaut).`
      }
      breadcrumb={[
        { label: 'Conventions', href: '/conventions' },
        { label: 'Convention', href: `/conventions/${conventionId}` },
      ]}
      actions={
        <ButtonRow>
          {query.data?.allowed.includes('open') && (
            <Button onClick={() => setAsked('open')}>Ouvrir un différend</Button>
          )}
          {query.data && query.data.items.length > 0 && (
            <Button priority="tertiary" icon="fr-icon-printer-line" onClick={() => window.print()}>
              Imprimer
            </Button>
          )}
        </ButtonRow>
      }
    >
      <Loaded query={query}>
        {({ items, convention: of, actsFor }) =>
          items.length === 0 ? (
            <Empty title="Aucun différend">
              {actsFor === null
                ? 'Le signataire ou le responsable opérationnel de chaque partie, et la direction régionale, en ouvrent un.'
                : 'Un désaccord sur l’application de la convention se note ici, avec les tentatives amiables et leur issue.'}
            </Empty>
          ) : (
            items.map(one => (
              <OneDisagreement
                key={one.id}
                convention={of}
                one={one}
                onAsk={kind => setAsked({ one, kind })}
                onRead={file.mutate}
              />
            ))
          )
        }
      </Loaded>
      {file.isError && <Refused problem={file.error} />}
      {asked === 'open' && <OpenDialog conventionId={conventionId} onClose={close} />}
      {asked !== null && asked !== 'open' && <StepDialog conventionId={conventionId} {...asked} onClose={close} />}
    </Page>
  )
}
