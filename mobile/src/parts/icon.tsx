/** Line drawings, 24 by 24; an icon beside words is hidden from screen readers. */
const PATHS = {
  today: "M12 3v2M12 19v2M5 12H3M21 12h-2M6.3 6.3 5 5M19 5l-1.3 1.3M12 8a4 4 0 1 1 0 8 4 4 0 0 1 0-8M6.3 17.7 5 19M19 19l-1.3-1.3",
  goals: "M12 3a9 9 0 1 0 9 9M12 8a4 4 0 1 0 4 4M12 12l8-8M16.5 3.5V7.5H20.5",
  approve: "M4 12.5 9.5 18 20 6.5",
  inbox: "M4 13.5 6.5 5h11l2.5 8.5V18a1.5 1.5 0 0 1-1.5 1.5h-13A1.5 1.5 0 0 1 4 18zM4 13.5h4.5a3.5 3.5 0 0 0 7 0H20",
  me: "M12 4a4 4 0 1 1 0 8 4 4 0 0 1 0-8M4.5 20.5a7.5 7.5 0 0 1 15 0",
  plus: "M12 5v14M5 12h14",
  back: "M14.5 5 8 12l6.5 7",
  next: "M9.5 5 16 12l-6.5 7",
  close: "M6 6l12 12M18 6 6 18",
  edit: "M5 19l1-4L16 5l3 3L9 18zM14 7l3 3",
  send: "M4 12 20 4l-5 16-3.5-6.5z",
  ask: "M9 9.5a3 3 0 1 1 4.5 2.6c-1 .6-1.5 1.2-1.5 2.4M12 18v.1",
  decline: "M7 7l10 10M17 7 7 17",
  withdraw: "M9 7 4.5 11.5 9 16M4.5 11.5H15a4.5 4.5 0 0 1 0 9h-2",
  trash: "M5 7h14M10 7V4.5h4V7M7 7l1 13h8l1-13",
  bell: "M6 16.5V11a6 6 0 1 1 12 0v5.5l1.5 1.5h-15zM10 20.5h4",
  phone: "M8 3h8a1 1 0 0 1 1 1v16a1 1 0 0 1-1 1H8a1 1 0 0 1-1-1V4a1 1 0 0 1 1-1M11 18h2",
  cloud: "M7 18a4 4 0 0 1-.5-8A6 6 0 0 1 18 10.5 3.8 3.8 0 0 1 17.5 18zM4 4l16 16",
  serves: "M6 4v6a4 4 0 0 0 4 4h8M14.5 10.5 18 14l-3.5 3.5",
  swap: "M5 9h13M15 6l3 3-3 3M19 15H6M9 12l-3 3 3 3",
  people: "M9 5a3 3 0 1 1 0 6 3 3 0 0 1 0-6M3 19a6 6 0 0 1 12 0M16 5.5a3 3 0 0 1 0 5.5M18 14a6 6 0 0 1 3 5",
  tree: "M5 4h6v4H5zM13 11h6v4h-6zM13 18h6v3h-6zM8 8v11.5h5M8 13h5",
  lock: "M6 11h12v9H6zM8.5 11V8a3.5 3.5 0 0 1 7 0v3",
} as const;

export type IconName = keyof typeof PATHS;

export function Icon({ name }: { name: IconName }) {
  return (
    <svg class="icon" viewBox="0 0 24 24" aria-hidden="true">
      <path d={PATHS[name]} />
    </svg>
  );
}
