import { useMutation, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { retireCommitmentKind, returnCommitmentKind } from '../../../contract/work-with-employers/commitments.ts'
import { call } from '../../platform/api.ts'
import { Badge, Button, DataTable, Empty, Loaded, Page, Refused, toast } from '../../ui/index.ts'
import { KindDialog } from './kind-dialog.tsx'
import { type Kind, kindsChanged, kindsQuery } from './queries.ts'
import { familyLabels } from './words.ts'

export default function CommitmentKindsPage() {
  const query = useQuery(kindsQuery)
  /** Null: a new one. */
  const [open, setOpen] = useState<Kind | null>()
  const mayKeep = query.data?.mayKeep === true
  const { mutate, error, isPending } = useMutation({
    mutationFn: (kind: Kind) =>
      call(kind.retired ? returnCommitmentKind : retireCommitmentKind, {
        params: { kindId: kind.id },
        ifMatch: kind.version,
      }),
    onSuccess: ({ label, retired }) => {
      toast(retired ? `Type retiré : ${label}.` : `De nouveau en usage : ${label}.`)
      return kindsChanged()
    },
    // Somebody changed it meanwhile: what they wrote is shown.
    onError: () => void kindsChanged(),
  })
  return (
    <Page
      title="Types d’engagement"
      lead="Chartes, labels, clauses, promesses d’inclusion : la liste dans laquelle le réseau note ce à quoi un employeur s’engage."
      {...(mayKeep ? { actions: <Button onClick={() => setOpen(null)}>Ajouter un type</Button> } : {})}
    >
      <p>
        {mayKeep
          ? 'Renommer change le nom partout où il est noté. Un type retiré ne se note plus ; ce qui est noté reste lisible.'
          : 'Les administrateurs de l’opérateur tiennent cette liste.'}
      </p>
      {error && <Refused problem={error} />}
      <Loaded
        query={query}
        lines={6}
        empty={({ items }) => items.length === 0 && <Empty title="Aucun type d’engagement">La liste est vide.</Empty>}
      >
        {({ items }) => (
          <DataTable
            caption="Types d’engagement, ceux en usage d’abord"
            keys={false}
            rows={items}
            keyOf={({ id }) => id}
            columns={[
              { head: 'Nom', cell: ({ label }) => label, wide: true },
              { head: 'Famille', cell: ({ family }) => familyLabels[family] },
              {
                head: 'État',
                cell: ({ retired }) => (retired ? <Badge>retiré</Badge> : <Badge tone="success">en usage</Badge>),
              },
            ]}
            {...(mayKeep
              ? {
                  acts: (kind: Kind) => (
                    <>
                      {!kind.retired && (
                        <Button size="small" priority="tertiary no outline" onClick={() => setOpen(kind)}>
                          Renommer<span className="fr-sr-only"> : {kind.label}</span>
                        </Button>
                      )}
                      <Button size="small" priority="tertiary no outline" busy={isPending} onClick={() => mutate(kind)}>
                        {kind.retired ? 'Remettre en usage' : 'Retirer'}
                        <span className="fr-sr-only"> : {kind.label}</span>
                      </Button>
                    </>
                  ),
                }
              : {})}
          />
        )}
      </Loaded>
      {open !== undefined && <KindDialog kind={open} onClose={() => setOpen(undefined)} />}
    </Page>
  )
}
