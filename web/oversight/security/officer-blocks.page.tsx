import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { liftOfficerBlock, listOfficerBlocks } from '../../../contract/oversight/security.ts'
import { call } from '../../platform/api.ts'
import { Loaded, Page } from '../../ui/index.ts'
import type { Block } from './blocks.tsx'
import { LiftDialog } from './lift-dialog.tsx'
import { LiftedBlocks } from './lifted-blocks.tsx'
import { OpenBlocks } from './open-blocks.tsx'

/** For an administrator: a security officer who is alone has nobody else to lift what a rule blocked (SEC-2). */
export default function OfficerBlocksPage() {
  const query = useQuery({
    queryKey: ['security', 'officer-blocks'],
    queryFn: ({ signal }) => call(listOfficerBlocks, { signal }),
    refetchOnMount: 'always',
  })
  const [lifting, setLifting] = useState<Block | null>(null)
  return (
    <Page
      title="CSSI bloqués"
      breadcrumb={[{ label: 'Rôles de l’opérateur', href: '/administration/roles' }]}
      lead="Les comptes de correspondants sécurité (CSSI) bloqués ou signalés pour un usage inhabituel. Vérifiez auprès de la personne avant de lever ; un autre CSSI peut le faire aussi. Seul un CSSI lève un acte exceptionnel, et personne ne lève le blocage de son propre compte."
    >
      <Loaded query={query}>
        {({ items }) => (
          <>
            <OpenBlocks
              open={items.filter(({ liftedAt }) => liftedAt === null)}
              empty="Le compte d’un CSSI paraît ici dès qu’un usage inhabituel le bloque. Vous en êtes prévenu par courriel."
              onLift={setLifting}
            />
            <LiftedBlocks closed={items.filter(({ liftedAt }) => liftedAt !== null)} />
          </>
        )}
      </Loaded>
      {lifting && <LiftDialog route={liftOfficerBlock} block={lifting} onClose={() => setLifting(null)} />}
    </Page>
  )
}
