import { archiveCampaign, closeCampaign, reopenCampaign } from '../../../contract/work-with-employers/campaigns.ts'
import { call } from '../../platform/api.ts'
import { Dialog, Form, Link } from '../../ui/index.ts'
import { keepCampaign } from '../campaigns/queries.ts'
import { stepAddress } from '../campaigns/steps.ts'
import type { Campaign } from '../campaigns/words.ts'

export type LifeAct = 'close' | 'reopen' | 'archive'
type Sent = { params: { campaignId: string }; idempotencyKey: string; timeoutMs: number }
export const lifeActs: Record<
  LifeAct,
  { run: (sent: Sent) => Promise<Campaign>; verb: string; does: string; said: string }
> = {
  close: {
    run: sent => call(closeCampaign, sent),
    verb: 'Clore la campagne',
    does: 'Ses cibles sont libérées : d’autres campagnes peuvent les retenir. Les échanges restent dans l’historique. Vous pourrez la rouvrir.',
    said: 'La campagne est close.',
  },
  reopen: {
    run: sent => call(reopenCampaign, sent),
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
  return (
    <Dialog title={`${verb} ?`} onClose={onClose}>
      <p>
        <strong>{campaign.name}</strong>
      </p>
      <p>{does}</p>
      <Form
        draft="choices"
        submit={verb}
        busyWords="En cours…"
        done={said}
        onCancel={onClose}
        explain={problem =>
          problem.code === 'campaign/undecided-conflicts' ? (
            <>
              <p>{problem.detail}</p>
              <p>
                <Link href={`${stepAddress(campaign.id, 'conflits')}?vue=liste&restants=1`}>
                  Décider de ces établissements
                </Link>
              </p>
            </>
          ) : undefined
        }
        onSubmit={async (_values, { idempotencyKey }) => {
          await keepCampaign(await run({ params: { campaignId: campaign.id }, idempotencyKey, timeoutMs: 120_000 }))
          onClose()
        }}
      >
        {null}
      </Form>
    </Dialog>
  )
}
