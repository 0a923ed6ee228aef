import { ofName } from '../../../contract/names-in-french.ts'
import { dayOf, formatDay, formatInstant } from '../../platform/format.ts'
import { Button, ButtonRow, Card, Facts, Link } from '../../ui/index.ts'
import type { Release } from './queries.ts'
import type { ReleaseAct } from './release-dialog.tsx'

const outcomeWords = {
  released: 'adresse libérée',
  refused: 'refusée',
  withdrawn: 'annulée',
  freed: 'adresse libre : départ, ou autre adresse',
} as const satisfies Record<NonNullable<Release['settled']>['outcome'], string>
const buttonWords = {
  contest: 'Répondre qu’elle travaille ici',
  release: 'Libérer',
  refuse: 'Refuser',
  withdraw: 'Annuler la demande',
} as const satisfies Record<ReleaseAct, string>
/** Never the main button: what is to come, or another answer, is. */
const yields: ReadonlySet<ReleaseAct> = new Set(['refuse', 'withdraw'])
/** What follows, for who reads it and can do nothing more. */
const next = ({ side, contest, releasableFrom, allowed }: Release): string | null => {
  if (side === 'asker')
    return 'L’ancienne structure a trois jours pour répondre ; le correspondant sécurité de l’opérateur (CSSI) décide ensuite. La réponse vous sera signalée par courriel.'
  if (side === 'former')
    return contest
      ? 'Votre réponse est chez le correspondant sécurité de l’opérateur (CSSI), qui décide.'
      : 'Sans réponse dans les trois jours, le correspondant sécurité de l’opérateur (CSSI) peut libérer l’adresse : le compte prendra fin.'
  if (allowed.includes('release')) return null
  return releasableFrom
    ? `L’ancienne structure peut répondre jusqu’au ${formatInstant(releasableFrom)} : libérez l’adresse ensuite, ou dès sa réponse.`
    : 'L’ancienne structure va être prévenue dans quelques minutes ; elle aura trois jours pour répondre.'
}

export const ReleaseCard = ({
  release,
  act,
}: {
  release: Release
  act: (act: ReleaseAct, release: Release) => void
}) => {
  const { email, askedAt, askedFor, askedBy, asker, former, person, reason, contest, settled, side, allowed } = release
  const title = side === 'asker' ? `Adresse demandée pour ${askedFor}` : `Adresse ${ofName(person!.name)}`
  return (
    <Card title={title} level={3}>
      <Facts
        items={[
          ['Adresse', email],
          side === 'officer' && ['Compte', `${person!.name}${release.function ? `, ${release.function}` : ''}`],
          side === 'officer' && ['Structure du compte', former!.name],
          side === 'officer' && ['Demandée par', `${askedBy!.name}, ${asker!.name}`],
          side === 'officer' && ['Pour', askedFor],
          ['Demandée le', formatInstant(askedAt)],
          reason !== null && ['Motif', reason],
          contest !== null && ['Réponse de la structure', `travaille toujours là : « ${contest.reason} »`],
          side === 'officer' && contest === null && ['Réponse de la structure', 'aucune à ce jour'],
          settled !== null && ['Suite', `${outcomeWords[settled.outcome]}, le ${formatDay(dayOf(settled.at))}`],
          settled?.reason != null && ['Motif de la décision', settled.reason],
        ]}
      />
      {settled === null && next(release) !== null && <p className="fr-text--sm">{next(release)}</p>}
      {side === 'former' && settled === null && (
        <p>
          Elle est partie ? <Link href={`/habilitations/personnes/${person!.id}`}>Enregistrez son départ</Link>.
        </p>
      )}
      {side === 'asker' && (settled?.outcome === 'released' || settled?.outcome === 'freed') && (
        <p>
          <Link href="/habilitations/personnes/nouvelle">Créez le compte</Link>.
        </p>
      )}
      {allowed.length > 0 && (
        <ButtonRow>
          {allowed.map(one => (
            <Button
              key={one}
              size="small"
              {...(yields.has(one) ? { priority: 'secondary' as const } : {})}
              onClick={() => act(one, release)}
            >
              {buttonWords[one]}
              <span className="fr-sr-only">
                {' '}
                : {email}
                {side === 'officer' && `, demandée par ${asker!.name}`}
              </span>
            </Button>
          ))}
        </ButtonRow>
      )}
    </Card>
  )
}
