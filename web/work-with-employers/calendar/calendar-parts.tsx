import { useState } from 'react'
import { announce, Button, Notice, Section } from '../../ui/index.ts'
import './calendar.css'

/** Shown once: the service keeps only a digest of it. */
export const NewAddress = ({ address }: { address: string }) => {
  const [copied, setCopied] = useState(false)
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(address)
      setCopied(true)
      announce('L’adresse est copiée.')
    } catch {
      announce('La copie est bloquée par le navigateur : sélectionnez l’adresse.')
    }
  }
  return (
    <Notice tone="warning" title="Copiez cette adresse maintenant : elle ne sera plus montrée">
      <p className="fr-mb-2w">Qui la connaît lit vos prochaines actions. Ne la transmettez à personne.</p>
      <p className="cc-calendar-address">
        <code>{address}</code>
      </p>
      <Button size="small" priority="secondary" onClick={() => void copy()}>
        {copied ? 'Copiée' : 'Copier l’adresse'}
      </Button>
    </Notice>
  )
}

export const CalendarHelp = () => (
  <>
    <Section title="L’ajouter à son calendrier">
      <ul>
        <li>Outlook : « Ajouter un calendrier », puis « S’abonner à partir du web ».</li>
        <li>Google Agenda, sur un ordinateur : « Autres agendas », « + », puis « À partir de l’URL ».</li>
        <li>iPhone ou Mac : « Ajouter un calendrier avec abonnement ».</li>
        <li>Thunderbird : « Nouvel agenda », puis « Sur le réseau ».</li>
      </ul>
      <p>Le programme relit l’adresse à son rythme : quelques minutes, ou plusieurs heures. Il ne change rien ici.</p>
    </Section>
    <Section title="Ce que le calendrier montre">
      <p>
        Vos actions à faire, et celles faites depuis trois mois : ce que c’est, l’employeur, le jour et l’heure,
        l’adresse quand vous vous y rendez, un lien vers la fiche. Ni la personne rencontrée, ni son téléphone, ni ce
        qui s’est dit.
      </p>
      <p>
        Vos droits y valent comme ici : ce que vous ne pouvez plus lire en disparaît. Une adresse que rien ne lit
        pendant quatre-vingt-dix jours s’arrête d’elle-même.
      </p>
    </Section>
  </>
)
