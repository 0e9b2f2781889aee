export default {
  name: "storage",
  title: "Databases have room to grow",
  match: { operations: ["create"], terraform: { types: ["aws_db_instance"] } },
  check(change, { report }) {
    const { identifier, allocated_storage: size } = change.after;
    if (size < 50) report.deny(`${identifier} has ${size} GB, which is less than 50`, size);
  },
};
