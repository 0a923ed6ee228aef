import { formatCount, formatDay } from '../../platform/format.ts'
import { SelectField } from '../../ui/index.ts'
import type { CampaignChoice, Recordable } from './campaign-choice.ts'
import { type NextAction, plannedWords } from './words.ts'

/** What one planned with that employer, and what the exchange answers of it. */
export interface AnswerChoice {
  readonly planned: readonly NextAction[]
  /** '' none. */
  readonly answered: string
  readonly onAnswer: (id: string) => void
}

export type CampaignChoices = CampaignChoice & { readonly onChoose: (id: string) => void }

/** What an exchange is attached to: nothing is asked where there is no choice. */
export const AttachedFields = ({
  answers,
  campaigns,
}: {
  answers: AnswerChoice | undefined
  campaigns: CampaignChoices | undefined
}) => (
  <>
    {answers && answers.planned.length > 0 && <AnswerField {...answers} />}
    {campaigns && campaigns.items.length > 0 && <CampaignField {...campaigns} />}
    {campaigns?.leftOut && <LeftOut campaign={campaigns.leftOut} counted={campaigns.chosen !== ''} />}
  </>
)

/** One act, not two: what was planned is finished by what is recorded. */
const AnswerField = ({ planned, answered, onAnswer }: AnswerChoice) => (
  <SelectField
    name="answersId"
    label="Répond à l’action prévue"
    hint={answered ? 'Elle sera close avec cet échange' : 'Aucune ne sera close : ce qui est prévu le reste'}
    placeholder="Aucune"
    options={planned.map(({ id, campaign, ...action }) => ({
      value: id,
      label: `${plannedWords(action)}${campaign?.name ? ` (${campaign.name})` : ''}`,
    }))}
    value={answered}
    onChange={onAnswer}
  />
)

const CampaignField = ({ items, chosen, onChoose }: CampaignChoices) => (
  <SelectField
    name="campaignId"
    label="Campagne"
    hint={
      items.length > 1
        ? `L’établissement est la cible de ${formatCount(items.length, 'campagne ouverte', 'campagnes ouvertes')}`
        : 'L’échange compte dans son avancement'
    }
    placeholder="Hors campagne"
    options={items.map(({ id, name }) => ({ value: id, label: name }))}
    value={chosen}
    onChange={onChoose}
  />
)

/** Said before one saves: what the campaign will not count is recorded all the same. */
const LeftOut = ({ campaign, counted }: { campaign: Recordable; counted: boolean }) => (
  <p className="fr-text--sm">
    « {campaign.name} »{' '}
    {campaign.setAside
      ? 'a mis cet établissement de côté'
      : `va du ${formatDay(campaign.startsOn)} au ${formatDay(campaign.endsOn)}`}{' '}
    : l’échange sera gardé dans l’historique, hors des chiffres de cette campagne
    {counted ? ', et compté dans celle que vous choisissez ci-dessus.' : '.'}
  </p>
)
