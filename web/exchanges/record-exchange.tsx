import { useQuery } from '@tanstack/react-query'
import { useRef, useState } from 'react'
import { today } from '../platform/format.ts'
import { asProblem } from '../platform/problem.ts'
import { queryClient } from '../platform/query.ts'
import { Dialog, Form } from '../ui/index.ts'
import { BeforeContactBrief } from './before-contact.tsx'
import { ExchangeFields } from './exchange-fields.tsx'
import { LeaveGuard } from './leave-guard.tsx'
import { campaignsOfQuery, exchangesChanged } from './queries.ts'
import { isLost, recorder } from './sending.ts'
import { blank, inputOf, sameValues, type Values } from './values.ts'
import type { Exchange } from './words.ts'
import './exchange.css'

export interface RecordExchangeProps {
  siret: string
  /** As people know it: the employer is recalled at the top. */
  name: string
  /** Recorded from a campaign's target: preselected. */
  campaignId?: string
  onClose: () => void
  onRecorded?: (exchange: Exchange) => void
}

/** The campaigns one may work in, the establishment being a target. A person with no right on campaigns records outside any. */
const openCampaigns = async (siret: string) => {
  try {
    const { items } = await queryClient.ensureQueryData(campaignsOfQuery(siret))
    return items.filter(({ status, allowed }) => status === 'open' && allowed.includes('work-targets'))
  } catch (error) {
    if (asProblem(error).status === 403) return []
    throw error
  }
}

/** A panel on the right from 992 px, the whole screen on a phone. Wherever `n` opens it, it is this one. */
export const RecordExchange = ({ siret, name, campaignId, onClose, onRecorded }: RecordExchangeProps) => {
  const [start] = useState(() => blank(today()))
  const [values, setValues] = useState<Values>(start)
  const [chosen, setChosen] = useState<string | undefined>(undefined)
  const [sentIn, setSentIn] = useState<string | undefined>(undefined)
  const [send] = useState(recorder)
  const done = useRef(false)
  const { data: campaigns = [] } = useQuery({ queryKey: ['campaigns', 'open-of', siret], queryFn: () => openCampaigns(siret) })

  const among = (items: readonly { readonly id: string }[]) => sentIn ?? chosen ?? (items.some(({ id }) => id === campaignId) ? campaignId! : items[0]?.id ?? '')
  const submit = async (_values: unknown, { idempotencyKey }: { idempotencyKey: string }) => {
    const inCampaign = among(await openCampaigns(siret))
    let recorded: Exchange
    try {
      recorded = await send({ siret, campaignId: inCampaign || null, ...inputOf(values) }, idempotencyKey)
    } catch (error) {
      // It may be written: what is corrected next must not wander into another campaign.
      if (isLost(error)) setSentIn(inCampaign)
      throw error
    }
    done.current = true
    void exchangesChanged()
    onRecorded?.(recorded)
    onClose()
  }
  // Another campaign has other words: what was chosen in these is said in the common ones.
  const choose = (id: string) => {
    setChosen(id)
    setValues(before => ({ ...before, campaignResultId: '', resultLabel: '' }))
  }
  return (
    <Dialog title="Enregistrer un échange" shape="side" onClose={onClose}>
      <LeaveGuard unsent={() => !done.current && !sameValues(values, start)} />
      <p className="cc-exchange__employer">{name}</p>
      <BeforeContactBrief siret={siret} />
      <Form submit="Enregistrer" onSubmit={submit} done="Échange enregistré." sticky beside={<SaveKey />}>
        <ExchangeFields
          siret={siret}
          values={values}
          onChange={setValues}
          campaignId={among(campaigns) || undefined}
          {...(sentIn === undefined ? { campaigns: { chosen: among(campaigns), items: campaigns, onChoose: choose } } : {})}
        />
      </Form>
    </Dialog>
  )
}

export const SaveKey = () => <span className="fr-text--sm fr-mb-0 cc-exchange__key"><kbd className="cc-kbd">Ctrl</kbd> <kbd className="cc-kbd">Entrée</kbd> enregistre</span>
