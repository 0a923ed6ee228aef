import { formatList, formatShare } from '../../platform/format.ts'
import { Facts, Link, ProgressBar } from '../../ui/index.ts'
import { type Campaign, purposeWords } from '../campaigns/words.ts'
import { TimeLine } from './time-line.tsx'
import './campaign-page.css'

/** What one looks up once: folded, so that the targets come first. */
export const CampaignFacts = ({ campaign }: { campaign: Campaign }) => {
  const { targets, contacted } = campaign.counts
  return (
    <div className="cc-campaign-head cc-campaign-head__facts">
      <Facts
        items={[
          ['Objet', purposeWords[campaign.purpose].word],
          [
            'Territoire',
            <Link key="territory" href={`/territoires/${campaign.territory.id}`}>
              {campaign.territory.name}
            </Link>,
          ],
          ['Pilote', campaign.pilot.name],
          ['Membres', formatList(campaign.members.map(({ name }) => name))],
          campaign.leads.length > 0 && ['Responsables', formatList(campaign.leads.map(({ name }) => name))],
        ]}
      />
      <div>
        <TimeLine campaign={campaign} />
        <ProgressBar
          label="Établissements contactés"
          value={contacted}
          max={targets}
          figures={formatShare(contacted, targets)}
        />
        {campaign.description && <p className="cc-description fr-mb-0">{campaign.description}</p>}
      </div>
    </div>
  )
}
