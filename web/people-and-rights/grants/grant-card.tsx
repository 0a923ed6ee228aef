import { formatDay } from '../../platform/format.ts'
import { profileWords, toolWords } from '../../platform/words.ts'
import { Badge, Button, ButtonRow, Card, Link } from '../../ui/index.ts'
import { type Grant, grantWords, lackWords, perimeterWords, purposeWords } from '../accounts/words.ts'

export const GrantCard = ({
  grant,
  acts,
}: {
  grant: Grant
  acts?: ((act: 'change' | 'suspend-grant' | 'end') => void) | undefined
}) => (
  <Card level={3}>
    <div className="cc-section__head">
      <h3 className="fr-h6 fr-mb-0">
        {toolWords[grant.tool]}, profil {profileWords[grant.profile]}
      </h3>
      {grant.missing.length === 0 ? <Badge tone="success">en vigueur</Badge> : <Badge tone="warning">sans effet</Badge>}
      {grant.beyondFunction && <Badge tone="warning">au-delà de la fonction</Badge>}
    </div>
    <p className="fr-mb-1v">
      Pour {perimeterWords(grant)}, depuis le {formatDay(grant.startsOn)}
      {grant.endsOn && `, jusqu’au ${formatDay(grant.endsOn)}`}
      {grant.grantedBy && `, accordée par ${grant.grantedBy.name}`} : {`«\u00A0${grant.reason}\u00A0»`}
    </p>
    {grant.purpose && (
      <p className="fr-hint-text">
        {purposeWords[grant.purpose]}
        {grant.duties && `. Missions : ${grant.duties}`}
      </p>
    )}
    {grant.missing.length > 0 && (
      <ul>
        {grant.missing.map(term => (
          <li key={term}>
            {lackWords[term]}
            {term === 'confirmation' && (
              <>
                {' '}
                <Link href="/habilitations/confirmations">À confirmer</Link>
              </>
            )}
          </li>
        ))}
      </ul>
    )}
    {acts && (
      <ButtonRow>
        <Button size="small" priority="secondary" onClick={() => acts('change')}>
          Changer<span className="fr-sr-only"> {grantWords(grant)}</span>
        </Button>
        <Button size="small" priority="tertiary" onClick={() => acts('suspend-grant')}>
          Suspendre<span className="fr-sr-only"> {grantWords(grant)}</span>
        </Button>
        <Button size="small" priority="tertiary" onClick={() => acts('end')}>
          Mettre fin<span className="fr-sr-only"> à {grantWords(grant)}</span>
        </Button>
      </ButtonRow>
    )}
  </Card>
)
