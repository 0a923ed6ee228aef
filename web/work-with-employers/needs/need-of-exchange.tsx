import { lazy, Suspense, useState } from 'react'
import { formatDay } from '../../platform/format.ts'
import { holds, opensData, useMe } from '../../platform/session.ts'
import { Button } from '../../ui/index.ts'

const NoteNeedDialog = lazy(() => import('./need-dialog.tsx').then(m => ({ default: m.NoteNeedDialog })))

interface Exchange {
  readonly id: string
  readonly siret: string
  readonly occurredOn: string
  readonly status: string
  readonly organisation: { readonly id: string }
  readonly content: { readonly result: string } | null
}
/** On an exchange of one's structure that detected a need: it is noted in one gesture. */
export const NeedOf = ({ exchange, name }: { exchange: Exchange; name: string }) => {
  const me = useMe()
  const [noting, setNoting] = useState(false)
  const { id, siret, occurredOn, organisation, content, status } = exchange
  if (content?.result !== 'besoin-detecte' || status === 'cancelled') return null
  if (organisation.id !== me.organisation.id || !holds(me, 'campagnes', 'conseiller')) return null
  if (!opensData(me, 'besoins')) return null
  return (
    <>
      <Button size="small" priority="tertiary" icon="fr-icon-add-line" onClick={() => setNoting(true)}>
        Noter le besoin<span className="fr-sr-only"> : échange du {formatDay(occurredOn)}</span>
      </Button>
      {noting && (
        <Suspense fallback={null}>
          <NoteNeedDialog siret={siret} name={name} exchangeId={id} onClose={() => setNoting(false)} />
        </Suspense>
      )}
    </>
  )
}
