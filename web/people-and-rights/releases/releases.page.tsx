import { useState } from 'react'
import { listAddressReleases } from '../../../contract/people-and-rights/releases.ts'
import { call } from '../../platform/api.ts'
import { useList } from '../../platform/list.ts'
import { holdsRoleSomewhere, useMe } from '../../platform/session.ts'
import { Button, Empty, Loaded, Page, Section } from '../../ui/index.ts'
import type { Release } from './queries.ts'
import { ReleaseCard } from './release-card.tsx'
import { type ReleaseAct, ReleaseDialog } from './release-dialog.tsx'

const useReleases = (settled: boolean) =>
  useList(
    ['rights', 'releases', settled ? 'settled' : 'open'],
    (after, signal) =>
      call(listAddressReleases, { query: { ...(settled ? { settled } : {}), ...(after ? { after } : {}) }, signal }),
    { fresh: true },
  )
type Act = (act: ReleaseAct, release: Release) => void

const Cards = ({ settled, title, empty, act }: { settled: boolean; title: string; empty: string; act: Act }) => {
  const { query, more } = useReleases(settled)
  return (
    <Section title={title}>
      <Loaded query={query} empty={({ items }) => items.length === 0 && <Empty title={empty} />}>
        {({ items }) => (
          <>
            {items.map((release: Release) => (
              <ReleaseCard key={release.id} release={release} act={act} />
            ))}
            {more && (
              <Button priority="secondary" onClick={more.onMore} busy={more.busy}>
                Afficher la suite
              </Button>
            )}
          </>
        )}
      </Loaded>
    </Section>
  )
}

/** An address that a former structure keeps (ACC-16): asked, answered, decided. */
export default function ReleasesPage() {
  const officer = holdsRoleSomewhere(useMe(), 'cssi')
  const [doing, setDoing] = useState<{ act: ReleaseAct; release: Release } | null>(null)
  const act: Act = (one, release) => setDoing({ act: one, release })
  return (
    <Page
      title="Libérations d’adresse"
      lead="Quand la structure d’avant n’a pas enregistré le départ d’une personne, la nouvelle demande que son adresse soit libérée : l’ancienne est entendue, le correspondant sécurité de l’opérateur (CSSI) décide."
      breadcrumb={[
        officer ? { label: 'Sécurité', href: '/securite' } : { label: 'Habilitations', href: '/habilitations' },
      ]}
    >
      <Cards settled={false} title="En attente" empty="Aucune demande n’attend" act={act} />
      <Cards settled title="Décidées depuis trente jours" empty="Aucune décision récente" act={act} />
      {doing && <ReleaseDialog {...doing} onClose={() => setDoing(null)} />}
    </Page>
  )
}
