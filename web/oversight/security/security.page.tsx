import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { liftBlock, listBlocks } from '../../../contract/oversight/security.ts'
import { call } from '../../platform/api.ts'
import { useMe } from '../../platform/session.ts'
import { Button, ButtonRow, Link, Loaded, Notice, Page } from '../../ui/index.ts'
import { ActDialog } from './act-dialog.tsx'
import type { Block } from './blocks.tsx'
import { LateReviews } from './late-reviews.tsx'
import { LiftDialog } from './lift-dialog.tsx'
import { LiftedBlocks } from './lifted-blocks.tsx'
import { OpenBlocks } from './open-blocks.tsx'
import { Watched } from './watched.tsx'

export default function SecurityPage() {
  const query = useQuery({
    queryKey: ['security', 'blocks'],
    queryFn: ({ signal }) => call(listBlocks, { signal }),
    refetchOnMount: 'always',
  })
  const everywhere = useMe().roles.includes('cssi')
  const [acting, setActing] = useState(false)
  const [lifting, setLifting] = useState<Block | null>(null)
  return (
    <Page
      title="Sécurité"
      lead={`Les accès coupés${everywhere ? '' : ' des partenaires de votre région'}, ce que le correspondant sécurité de l’opérateur (CSSI) doit vérifier, et ce que le service surveille.`}
      actions={
        query.data && (
          <ButtonRow>
            <Button onClick={() => setActing(true)}>Acte exceptionnel</Button>
            <Link href="/securite/comptes">Comptes des partenaires</Link>
            <Link href="/pseudonymes">Pseudonymes</Link>
            <Link href="/premieres-connexions">Premières connexions</Link>
            <Link href="/securite/liberations">Libérations d’adresse</Link>
            <Link href="/securite/seconds-comptes">Seconds comptes</Link>
            <Link href="/securite/rgc">Actes d’engagement et attestations</Link>
            <Link href="/securite/anomalies">Anomalies des accès</Link>
            {everywhere && <Link href="/courriels">Courriels non partis</Link>}
          </ButtonRow>
        )
      }
    >
      <Loaded query={query}>
        {({ items, watched }) => {
          const open = items.filter(block => block.liftedAt === null)
          const closed = items.filter(block => block.liftedAt !== null)
          const spared = open.filter(block => block.cuts === 'none')
          return (
            <>
              {spared.length > 0 && (
                <Notice
                  tone="warning"
                  title={`Usage inhabituel, sans blocage : ${spared.map(block => block.person.name).join(', ')}`}
                >
                  Le service ne bloque jamais le dernier CSSI, ni le dernier administrateur : personne ne pourrait plus
                  lever les blocages. Vérifiez cet usage auprès de la personne ; s’il faut couper, donnez d’abord le
                  rôle à quelqu’un d’autre.
                </Notice>
              )}
              <OpenBlocks
                open={open}
                empty="Un compte paraît ici dès qu’un usage inhabituel le bloque, ou que vous faites un acte exceptionnel."
                onLift={setLifting}
              />
              <LiftedBlocks closed={closed} />
              <Watched watched={watched} />
            </>
          )
        }}
      </Loaded>
      <LateReviews />
      {acting && <ActDialog onClose={() => setActing(false)} />}
      {lifting && <LiftDialog route={liftBlock} block={lifting} onClose={() => setLifting(null)} />}
    </Page>
  )
}
