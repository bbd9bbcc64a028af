import '../sms/target.ts';
