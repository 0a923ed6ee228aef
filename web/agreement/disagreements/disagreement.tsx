import { obligationWords } from '../../../contract/agreement/conventions/obligations.ts'
import { formatDay, formatInstant } from '../../platform/format.ts'
import { Badge, Button, ButtonRow, Section } from '../../ui/index.ts'
import { partyWords } from '../conventions/words.ts'
import { type Disagreement, type Disagreements, mannerWords, type StepKind, stateWords, stepWords } from './words.ts'

/** One disagreement, whole: what it is about, where it is, all that happened of it; as it is printed. */
export const OneDisagreement = ({
  convention,
  one,
  onAsk,
  onRead,
}: {
  convention: Disagreements['convention']
  one: Disagreement
  onAsk: (kind: StepKind) => void
  onRead: (documentId: string) => void
}) => (
  <Section title={`Différend n° ${one.number} : ${one.subject}`}>
    <p>
      <Badge tone={stateWords[one.state].tone}>{stateWords[one.state].word}</Badge> Ouvert le{' '}
      {formatInstant(one.openedAt)} par {partyWords(one.party, convention)}, né le {formatDay(one.aroseOn)}.
      {one.court && ` Tribunal compétent : ${one.court}.`}
    </p>
    <p className="cc-said">{one.statement}</p>
    {one.clauses.length > 0 && (
      <p>Articles en cause : {one.clauses.map(code => obligationWords(code, null)).join(' ; ')}.</p>
    )}
    {one.steps.length > 0 && (
      <ol className="cc-order" aria-label={`Ce qui s’est passé du différend n° ${one.number}`}>
        {one.steps.map(({ documentId, ...step }, n) => (
          <li key={step.id}>
            <p className="fr-mb-1v">
              <strong>
                {stepWords[step.kind].past}
                {step.manner && ` (${mannerWords[step.manner]})`}
              </strong>
              , le {formatDay(step.happenedOn)}.{step.court && ` Tribunal compétent : ${step.court}.`}
            </p>
            <p className="cc-said fr-mb-1v">{step.summary}</p>
            {documentId && (
              <p className="fr-mb-1v">
                <Button
                  size="small"
                  priority="tertiary"
                  icon="fr-icon-download-line"
                  onClick={() => onRead(documentId)}
                >
                  Télécharger la pièce de l’étape {n + 1}
                </Button>
              </p>
            )}
            <p className="fr-text--sm fr-mb-0">
              Noté par {partyWords(step.party, convention)}, le {formatInstant(step.recordedAt)}.
            </p>
          </li>
        ))}
      </ol>
    )}
    {one.allowed.length > 0 && (
      <ButtonRow>
        {one.allowed.map((kind, n) => (
          <Button key={kind} size="small" priority={n === 0 ? 'secondary' : 'tertiary'} onClick={() => onAsk(kind)}>
            {stepWords[kind].act}
          </Button>
        ))}
      </ButtonRow>
    )}
  </Section>
)
