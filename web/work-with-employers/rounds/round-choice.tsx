import { mostStops } from '../../../contract/work-with-employers/rounds.ts'
import { addDays, formatCount, formatWeekday, today } from '../../platform/format.ts'
import { Button, ButtonRow, DateField, Empty, Notice } from '../../ui/index.ts'
import type { usePosition } from '../portfolio/use-position.ts'
import type { Stops } from './queries.ts'
import type { Asked } from './round-address.ts'

/** Whose visits: those of a day, or chosen ones; and from where one goes. */
export const RoundChoice = ({
  asked: { sirets, day },
  setAddress,
  position: { here, state, ask, forget },
  hasStops,
}: {
  asked: Asked
  setAddress: (change: Record<string, string | undefined>) => void
  position: ReturnType<typeof usePosition>
  hasStops: boolean
}) => (
  <div className="cc-round__choice">
    <DateField
      name="jour"
      label={sirets ? 'Rendez-vous du' : 'Mes visites du'}
      required
      value={day}
      onChange={jour => setAddress({ jour: jour || undefined })}
      quick={[0, 1, 2].map(count => ({
        label: count === 0 ? 'Aujourd’hui' : formatWeekday(addDays(today(), count)),
        day: addDays(today(), count),
      }))}
    />
    <ButtonRow>
      <Button size="small" priority="secondary" icon="fr-icon-add-line" onClick={() => setAddress({ choisir: 'oui' })}>
        Choisir les étapes
      </Button>
      {sirets && (
        <Button size="small" priority="tertiary" onClick={() => setAddress({ etablissements: undefined })}>
          Mes visites du jour
        </Button>
      )}
      {hasStops && (
        <Button
          size="small"
          priority="tertiary"
          icon="fr-icon-map-pin-2-line"
          busy={state === 'asking'}
          onClick={here ? forget : ask}
        >
          {here ? 'Ne plus partir d’ici' : 'Partir d’où je suis'}
        </Button>
      )}
    </ButtonRow>
    {state === 'refused' && (
      <Notice tone="info">Votre position n’est pas disponible : autorisez-la dans votre navigateur.</Notice>
    )}
  </div>
)

/** What the round does not show, said so. */
export const LeftOut = ({ stops: { unknown, more } }: { stops: Stops }) => (
  <>
    {more > 0 && (
      <Notice tone="info">
        {formatCount(more, 'visite de ce jour n’est pas montrée', 'visites de ce jour ne sont pas montrées')} : une
        tournée a {mostStops} étapes au plus.
      </Notice>
    )}
    {unknown.length > 0 && (
      <Notice tone="info">
        {formatCount(
          unknown.length,
          'établissement de l’adresse n’est pas connu',
          'établissements de l’adresse ne sont pas connus',
        )}
        .
      </Notice>
    )}
  </>
)

/** No stop to show: no visit that day, or only numbers that the service does not know. */
export const Nobody = ({ named, onChoose }: { named: boolean; onChoose: () => void }) => (
  <Empty
    title={named ? 'Aucun de ces établissements n’est connu' : 'Aucune visite prévue ce jour-là'}
    action={
      <Button priority="secondary" onClick={onChoose}>
        Choisir des employeurs
      </Button>
    }
  >
    {named
      ? 'Vérifiez les SIRET dans l’adresse de la page, ou choisissez des employeurs de votre portefeuille.'
      : 'Vous trouverez ici vos visites et rendez-vous du jour, dans un ordre commode. Choisissez un autre jour, ou des employeurs de votre portefeuille.'}
  </Empty>
)
