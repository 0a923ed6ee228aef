import { toStructure } from '../../../contract/names-in-french.ts'
import { formatDay, formatInstant } from '../../platform/format.ts'
import { Facts, Section } from '../../ui/index.ts'
import {
  articleWords,
  capital,
  channelWords,
  extentWords,
  mannerWords,
  outcomeWords,
  type RightsRequest,
} from './words.ts'

/** The steps of a request, done or still to do. */
export const Noted = ({ request }: { request: RightsRequest }) => {
  const { identity, extension, answer, recipients, handover, withdrawals, toTell } = request
  return (
    <Section title="Ce qui est noté">
      <Facts
        items={[
          withdrawals.length > 0 && [
            'Auparavant',
            withdrawals.map(({ to, handedAt, at, givenBack, reason }) => (
              <p key={handedAt} className="fr-mb-0">
                Transmise {toStructure(to.name)} le {formatInstant(handedAt)}, {givenBack ? 'rendue' : 'reprise'} le{' '}
                {formatInstant(at)} : {reason}
              </p>
            )),
          ],
          handover && ['Transmise', `${capital(toStructure(handover.to.name))}, le ${formatInstant(handover.at)}`],
          [
            'Identité',
            identity
              ? `${mannerWords[identity.manner]}, le ${formatDay(identity.on)}`
              : answer
                ? 'Non vérifiée'
                : 'À vérifier : sans elle, seul un refus se note',
          ],
          extension && [
            'Prolongation',
            `La personne en est informée le ${formatDay(extension.on)} : ${extension.reason}${
              extension.counts ? '' : ' (après le premier mois : le délai n’en est pas prolongé)'
            }`,
          ],
          [
            'Réponse',
            answer ? (
              <>
                {outcomeWords[answer.outcome]}, le {formatDay(answer.on)} ({channelWords[answer.channel].toLowerCase()})
                {answer.article && (
                  <>
                    <br />
                    {articleWords[answer.article]}
                    <br />
                    {answer.reason}
                  </>
                )}
              </>
            ) : (
              'À donner'
            ),
          ],
          recipients
            ? [
                'Destinataires',
                `${extentWords[recipients.extent]}, le ${formatDay(recipients.on)} : ${recipients.words}`,
              ]
            : toTell && ['Destinataires', 'À prévenir de ce qui est rectifié, effacé ou limité'],
        ]}
      />
    </Section>
  )
}
