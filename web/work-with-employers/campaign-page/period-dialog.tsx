import { useState } from 'react'
import { changePeriod } from '../../../contract/work-with-employers/campaigns.ts'
import { call } from '../../platform/api.ts'
import { addDays, formatCount, formatDay, today } from '../../platform/format.ts'
import { DateField, Dialog, Form, Link } from '../../ui/index.ts'
import { periodRule } from '../campaigns/draft.ts'
import { keepCampaign } from '../campaigns/queries.ts'
import { conflictsUntil } from '../campaigns/steps.ts'
import { type Campaign, periodWords } from '../campaigns/words.ts'
import { changedMeanwhile } from './changed-meanwhile.tsx'

/** The last day moves; what would be held longer is weighed against what the others hold. */
export const PeriodDialog = ({ campaign, onClose }: { campaign: Campaign; onClose: () => void }) => {
  const from = campaign.endsOn < today() ? today() : campaign.endsOn
  const [endsOn, setEndsOn] = useState(campaign.endsOn < today() ? addDays(from, 30) : campaign.endsOn)
  const shorter = endsOn < campaign.endsOn
  return (
    <Dialog title="Prolonger ou raccourcir la campagne" onClose={onClose}>
      <p>
        Aujourd’hui : {periodWords(campaign.startsOn, campaign.endsOn)}. {shorter ? shortened : prolonged}
      </p>
      <Form
        draft={{ name: 'campaign-period', about: campaign.id, version: campaign.version }}
        submit={shorter ? 'Raccourcir' : 'Prolonger'}
        busyWords="En cours…"
        done={`La campagne se termine le ${formatDay(endsOn || campaign.endsOn)}.`}
        onCancel={onClose}
        explain={problem => {
          if (problem.code !== 'campaign/undecided-conflicts') return changedMeanwhile(problem)
          const { count = 0 } = (problem.facts ?? {}) as { count?: number }
          return (
            <>
              <p>
                Jusqu’au {formatDay(endsOn)},{' '}
                {formatCount(count, 'établissement est retenu', 'établissements sont retenus')} par une autre campagne.
                Rien n’a changé : décidez d’abord de les laisser, de les partager ou de les prendre.
              </p>
              <p>
                <Link href={conflictsUntil(campaign.id, endsOn)}>Décider de ces établissements</Link>
              </p>
            </>
          )
        }}
        onSubmit={async (_values, { idempotencyKey }) => {
          await keepCampaign(
            await call(changePeriod, {
              params: { campaignId: campaign.id },
              body: { endsOn },
              ifMatch: campaign.version,
              idempotencyKey,
              timeoutMs: 120_000,
            }),
          )
          onClose()
        }}
      >
        <DateField
          name="endsOn"
          label="Nouveau dernier jour"
          required
          min={today()}
          value={endsOn}
          onChange={setEndsOn}
          quick={[
            { label: 'Un mois de plus', day: addDays(from, 30) },
            { label: 'Trois mois de plus', day: addDays(from, 91) },
          ]}
          check={day => periodRule(campaign.startsOn, day) ?? (day < today() ? 'aujourd’hui au plus tôt.' : undefined)}
        />
      </Form>
    </Dialog>
  )
}
const prolonged = 'Ses établissements lui restent réservés jusqu’au nouveau dernier jour, tous ou aucun.'
const shortened =
  'Ses établissements seront libres le lendemain du nouveau dernier jour. Les échanges enregistrés restent ; pour finir tout de suite, clôturez-la.'
