import { useState } from 'react'
import { archiveCampaign, closeCampaign, reopenCampaign } from '../../../contract/work-with-employers/campaigns.ts'
import { call } from '../../platform/api.ts'
import { addDays, formatDay, today } from '../../platform/format.ts'
import { DateField, Dialog, Form, Link } from '../../ui/index.ts'
import { keepCampaign } from '../campaigns/queries.ts'
import { conflictsUntil, stepAddress } from '../campaigns/steps.ts'
import type { Campaign } from '../campaigns/words.ts'

export type LifeAct = 'close' | 'reopen' | 'archive'
type Sent = { params: { campaignId: string }; idempotencyKey: string; timeoutMs: number }
type Run = (sent: Sent, endsOn: string | undefined) => Promise<Campaign>
export const lifeActs: Record<LifeAct, { run: Run; verb: string; does: string; said: string }> = {
  close: {
    run: sent => call(closeCampaign, sent),
    verb: 'Clore la campagne',
    does: 'Ses cibles sont libérées : d’autres campagnes peuvent les retenir. Les échanges restent dans l’historique. Vous pourrez la rouvrir, avec un nouveau dernier jour si le sien est passé.',
    said: 'La campagne est close.',
  },
  reopen: {
    run: (sent, endsOn) => call(reopenCampaign, { ...sent, body: endsOn ? { endsOn } : {} }),
    verb: 'Rouvrir la campagne',
    does: 'Ses cibles lui sont de nouveau réservées. Celles qu’une autre campagne a retenues entre-temps demanderont d’abord une décision.',
    said: 'La campagne est rouverte.',
  },
  archive: {
    run: sent => call(archiveCampaign, sent),
    verb: 'Archiver la campagne',
    does: 'Elle reste lisible et comptée dans les indicateurs, mais ne peut plus être rouverte.',
    said: 'La campagne est archivée.',
  },
}
export const ConfirmAct = ({ act, campaign, onClose }: { act: LifeAct; campaign: Campaign; onClose: () => void }) => {
  const { run, verb, does, said } = lifeActs[act]
  const over = act === 'reopen' && campaign.endsOn < today()
  const [endsOn, setEndsOn] = useState(addDays(today(), 30))
  return (
    <Dialog title={`${verb} ?`} onClose={onClose}>
      <p>
        <strong>{campaign.name}</strong>
      </p>
      <p>{does}</p>
      <Form
        draft={over ? { name: 'campaign-reopening', about: campaign.id, version: campaign.version } : 'choices'}
        submit={verb}
        busyWords="En cours…"
        done={said}
        onCancel={onClose}
        explain={problem =>
          problem.code === 'campaign/undecided-conflicts' ? (
            <>
              <p>{problem.detail}</p>
              <p>
                <Link
                  href={
                    over
                      ? conflictsUntil(campaign.id, endsOn)
                      : `${stepAddress(campaign.id, 'conflits')}?vue=liste&restants=1`
                  }
                >
                  Décider de ces établissements
                </Link>
              </p>
            </>
          ) : undefined
        }
        onSubmit={async (_values, { idempotencyKey }) => {
          const sent = { params: { campaignId: campaign.id }, idempotencyKey, timeoutMs: 120_000 }
          await keepCampaign(await run(sent, over ? endsOn : undefined))
          onClose()
        }}
      >
        {over && (
          <DateField
            name="endsOn"
            label="Nouveau dernier jour"
            hint={`Le sien, le ${formatDay(campaign.endsOn)}, est passé.`}
            required
            min={today()}
            value={endsOn}
            onChange={setEndsOn}
            check={day => (day < today() ? 'aujourd’hui au plus tôt.' : undefined)}
          />
        )}
      </Form>
    </Dialog>
  )
}
