/** Given and family names that belong together, as London's families carry them. */
export interface NameStock {
  /** How often, in parts of all stocks' shares together. */
  readonly share: number
  readonly female: readonly string[]
  readonly male: readonly string[]
  readonly family: readonly string[]
  /** The language spoken at home, by BCP 47 code, where it is often not English. */
  readonly language?: { readonly code: string; readonly display: string }
}

const words = (text: string): readonly string[] => text.split(' ')

export const nameStocks: readonly NameStock[] = [
  {
    share: 38,
    female: words('Margaret Susan Emma Olivia Charlotte Joan Grace Helen Ruby Sarah Amelia Lucy'),
    male: words('David Peter George Oliver Thomas Jack Alan Harry Michael Samuel Robert Ian'),
    family: words(
      'Smith Turner Harris Bennett Clarke Walker Hughes Cooper Morgan Fisher Webb Reed',
    ),
  },
  {
    share: 14,
    female: words('Adaeze Folake Abena Ngozi Efua Zainab Blessing Temitope Akosua Chiamaka'),
    male: words('Emeka Kwame Tunde Kofi Chidi Yaw Babajide Segun Ebo Ifeanyi'),
    family: words('Adeyemi Mensah Okonkwo Boateng Balogun Owusu Eze Asante Ogunleye Danso'),
  },
  {
    share: 9,
    female: words('Marcia Sharon Keisha Beverley Naomi Shanice Yvonne Claudette'),
    male: words('Winston Delroy Marlon Errol Jermaine Leroy Andre Clive'),
    family: words('Campbell Grant Francis Gordon Bailey Henry Joseph Lewis Reid Charles'),
  },
  {
    share: 12,
    female: words('Fatima Nusrat Ayesha Shahida Rukhsana Maryam Sultana Tahmina'),
    male: words('Mohammed Abdul Imran Tariq Shafiq Rafiq Hamza Yusuf'),
    family: words('Begum Ahmed Khan Hussain Miah Rahman Chowdhury Ali Uddin Malik'),
    language: { code: 'bn', display: 'Bengali' },
  },
  {
    share: 10,
    female: words('Priya Anjali Meera Kavita Harpreet Sunita Nisha Lakshmi'),
    male: words('Rajesh Vikram Anil Gurpreet Sanjay Arjun Suresh Kiran'),
    family: words('Patel Shah Singh Kaur Sharma Desai Gill Mehta Nair Sivakumar'),
    language: { code: 'gu', display: 'Gujarati' },
  },
  {
    share: 6,
    female: words('Agnieszka Katarzyna Zofia Elena Ioana Maria Daria'),
    male: words('Piotr Tomasz Andrzej Mihai Andrei Ionut Dimitar'),
    family: words('Kowalski Nowak Wójcik Popescu Ionescu Dumitru Petrov Kamiński'),
    language: { code: 'pl', display: 'Polish' },
  },
  {
    share: 4,
    female: words('Elif Zeynep Ayşe Eleni Andri Maria'),
    male: words('Mehmet Mustafa Emre Andreas Costas Kemal'),
    family: words('Yılmaz Demir Kaya Georgiou Christodoulou Hasan Ozturk'),
    language: { code: 'tr', display: 'Turkish' },
  },
  {
    share: 4,
    female: words('Hodan Amina Sahra Ifrah Halima Selam'),
    male: words('Abdi Omar Mahad Yonas Liban Dawit'),
    family: words('Warsame Farah Abdullahi Tesfaye Jama Haile'),
    language: { code: 'so', display: 'Somali' },
  },
  {
    share: 3,
    female: words('Mei Xiu Thu Linh Yan Hui'),
    male: words('Wei Jun Minh Tuan Hao Chun'),
    family: words('Chen Wong Nguyen Li Tran Cheung'),
    language: { code: 'yue', display: 'Cantonese' },
  },
]

export const streets: readonly string[] = [
  'Alder Road',
  'Albert Street',
  'Beech Grove',
  'Cedar Avenue',
  'Chapel Lane',
  'Church Walk',
  'Elm Terrace',
  'Gladstone Road',
  'Hawthorn Close',
  'High Street',
  'Jubilee Way',
  'Laburnum Court',
  'Market Place',
  'Nightingale Road',
  'Park View',
  'Queens Road',
  'Station Approach',
  'Victoria Road',
  'Windmill Lane',
  'York Gardens',
]
