import { Facts, Page, Section } from '../ui/index.ts'

export default function PersonalDataPage() {
  return (
    <Page
      title="Données personnelles"
      width="narrow"
      lead="Ce que l’outil garde sur les personnes, pourquoi, combien de temps, et à qui le demander."
    >
      <Section title="Pourquoi">
        <p>
          Coordonner, entre les membres du réseau pour l’emploi, les actions menées auprès des employeurs : les préparer
          ensemble, ne pas solliciter deux fois le même, suivre ce qui en résulte, et rendre compte de l’usage des
          outils communs. La base légale est la mission d’intérêt public du réseau pour l’emploi (articles L. 5311-7 et
          suivants du code du travail).
        </p>
      </Section>
      <Section title="Sur qui, et quoi">
        <Facts
          items={[
            [
              'Vous, qui utilisez l’outil',
              'Nom, prénom, adresse électronique professionnelle, fonction, structure, habilitations, absences, sessions, actes accomplis. Si vous les indiquez : civilité, téléphone professionnel, agence.',
            ],
            [
              'Les interlocuteurs chez les employeurs',
              'Civilité, nom, prénom, fonction, coordonnées professionnelles, échanges menés au titre de l’entreprise. Chaque valeur garde sa source et sa date.',
            ],
            [
              'Les entrepreneurs individuels',
              'Ce que le répertoire SIRENE diffuse. Ce qu’ils ont refusé de diffuser n’est pas gardé.',
            ],
            [
              'Qui exerce ses droits',
              'Son nom, ce qui est demandé, et ce qui y est répondu. Les délégués à la protection des données (DPD) qui tiennent la demande le lisent seuls.',
            ],
          ]}
        />
        <p>
          L’outil ne contient rien sur les demandeurs d’emploi ni sur les personnes embauchées. Les zones de texte ne
          doivent porter que des faits utiles à la relation avec l’employeur.
        </p>
      </Section>
      <Section title="Qui les voit">
        <p>
          Les personnes habilitées des structures membres, dans leur périmètre et selon leur profil. Un échange peut
          être réservé à la structure qui l’a mené : les autres voient alors qu’il a eu lieu, pas ce qui s’est dit.
          L’opérateur choisit où le service est hébergé.
        </p>
        <p>
          L’annuaire des collaborateurs, que la convention partage (annexe 4), donne aux personnes habilitées de toutes
          les structures votre civilité, votre nom, votre fonction, votre structure, votre agence, vos outils, vos
          territoires, votre adresse électronique, votre téléphone et le dernier jour de votre absence en cours. Vous
          n’y figurez qu’avec une habilitation en vigueur. Vous pouvez masquer votre téléphone, jamais votre nom. Chaque
          fiche lue est inscrite au journal, où vous voyez qui a lu la vôtre.
        </p>
      </Section>
      <Section title="Combien de temps">
        <p>
          Les échanges, les notes et les interlocuteurs n’ont pas encore de terme : ils restent jusqu’à ce qu’on les
          retire, ou qu’un interlocuteur s’oppose à la conservation de ses données. Une personne dont le compte est
          supprimé n’apparaît plus dans l’historique que sous un pseudonyme. Vos notifications s’effacent trente jours
          après leur lecture, quatre-vingt-dix au plus, et avec votre compte. Ce qu’un employeur commente une fois son
          besoin clos s’efface au bout de douze mois, et avec son opposition. Une demande de droits s’efface cinq ans
          après sa réponse.
        </p>
        <p>
          Un litige, une enquête ou un contrôle peut demander de garder des données plus longtemps : le DPD suspend
          alors leur effacement, et en note le motif. Ce que l’outil efface de lui-même est relevé, sans nommer
          personne.
        </p>
      </Section>
      <Section title="Vos droits">
        <p>
          Accès, rectification, effacement, limitation, opposition : adressez-vous au délégué à la protection des
          données (DPD) de la structure qui a recueilli la donnée, ou à celui de l’opérateur. La réponse vous est due
          dans le mois, prolongé de deux mois si l’on vous en dit le motif pendant le premier. La page de la convention
          donne leurs adresses quand ils y sont inscrits. Vous n’avez pas de compte ? Écrivez à la structure qui vous a
          contacté. Si la réponse ne vous satisfait pas, vous pouvez saisir la{' '}
          <a
            href="https://www.cnil.fr/fr/plaintes"
            target="_blank"
            rel="noopener noreferrer"
            title="Commission nationale de l’informatique et des libertés - nouvelle fenêtre"
          >
            CNIL
          </a>
          .
        </p>
      </Section>
      <Section title="Dans votre navigateur">
        <p>Rien de personnel n’y est gardé. Vos brouillons sont sur le serveur.</p>
      </Section>
    </Page>
  )
}
