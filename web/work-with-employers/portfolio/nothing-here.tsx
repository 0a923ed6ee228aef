import { Button, Empty } from '../../ui/index.ts'

/** An empty portfolio, or an empty part of it: with a way on. */
export const NothingHere = ({ filtered, onAll }: { filtered: boolean; onAll: () => void }) =>
  filtered ? (
    <Empty
      title="Rien dans cette partie"
      action={
        <Button size="small" priority="secondary" onClick={onAll}>
          Voir tout le portefeuille
        </Button>
      }
    >
      Vos autres actions et cibles sont dans les autres parties.
    </Empty>
  ) : (
    <Empty
      title="Votre portefeuille est vide"
      action={
        <Button priority="secondary" href="/campagnes">
          Voir les campagnes
        </Button>
      }
    >
      Vous y trouverez vos actions prévues, les cibles que l’on vous confie, et celles que vous prenez par « Je m’en
      occupe » dans une campagne.
    </Empty>
  )
